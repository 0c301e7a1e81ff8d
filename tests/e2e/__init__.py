"""The installed app, driven through a pty."""
