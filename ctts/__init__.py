import os

# Before anything imports numpy: requests are served side by side already, and threads
# that wait for each other on a busy machine are many times slower than one.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
