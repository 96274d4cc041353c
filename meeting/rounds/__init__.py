"""Written opinions between meetings: who is asked what until when, what came back, what the chair decided."""
