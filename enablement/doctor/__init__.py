"""Is everything in order, and if not, what to do?"""
