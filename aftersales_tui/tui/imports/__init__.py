"""What the shell and the screens say of imports."""
