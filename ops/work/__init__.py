"""The imperative shell: submit, run, schedule, retain."""
