"""Measures the system against a bare Flask-SocketIO server, in the same run on the same machine."""
