"""How people come in beyond the password (a second step, the province's own sign-in), and the safe line they come in on."""
