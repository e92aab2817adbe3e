"""Settings, addresses and the embedded servers."""

import os

# Before anything imports NumPy. Its products here are small, and each process of the site would have a thread
# for every processor that waits for the next one by spinning: an answer cost 98 ms of processor time with
# them, 27 ms without. The encoder's forward pass is PyTorch's, which has threads of its own.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
