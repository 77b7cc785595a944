"""The laptop's end: driver, HTTP, bundle, enrolment."""
