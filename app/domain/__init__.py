"""Pure rules: identifiers, enterprise scale, calendar, attendance, progress, completion, numbering."""
