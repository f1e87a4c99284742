"""Markup as web pages and e-books have it: its tags with their exact places, and the blocks of text between them."""
