"""What the files say about people, gathered only to scrub texts and search outputs."""
