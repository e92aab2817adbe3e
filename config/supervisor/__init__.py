"""What `manage.py run` does: the whole site on one machine, started, watched and stopped together."""
