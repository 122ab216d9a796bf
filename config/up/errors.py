"""What stops the start, in one plain sentence."""


class CantStart(Exception):
    """Said to the person at the keyboard as it is."""
