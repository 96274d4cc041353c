"""What people keep of their searching: saved and recent searches, alerts, and what is offered while they type."""
