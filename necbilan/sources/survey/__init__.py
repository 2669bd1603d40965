"""A survey file, from its headings to rows of RESPONSES: questions, scales, answers."""
