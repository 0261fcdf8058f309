"""Every sentence the faces say, in both languages."""
