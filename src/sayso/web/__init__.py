"""The reading room: a record in the browser."""

from sayso.web.asgi import application
from sayso.web.server import serve

__all__ = ["application", "serve"]
