"""A list of people, from its lines to REGISTRATIONS: tickets, standing, distinct people."""
