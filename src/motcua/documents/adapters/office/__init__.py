"""Office documents become PDF through LibreOffice, when it is installed."""
