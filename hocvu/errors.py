"""The base of every exception that is ours."""


class HocvuError(Exception):
    """A fault with a message made for the person who has to mend it."""
