"""What must hold when processes, disks and networks fail."""
