"""Content in, credential, QR and PDF out; verifies them again; knows no database."""
