"""The Socket.IO server object. What is said on it is in the live room."""

from flask_socketio import SocketIO

NAMESPACE = "/live"
socketio = SocketIO()
