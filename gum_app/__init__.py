"""gum-app: a private user model of one person's computer use, kept on this computer, shown and steered by them."""

__version__ = "0.1.0"
