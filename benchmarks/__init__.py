"""Speed, memory and growth of both models and of textacy, on the same articles in one run.

    python -m benchmarks

writes `benchmarks/results/latest.json`, docs/benchmarks.md and its plots. Each measurement
has a process of its own (`benchmarks.worker`), which imports nothing but its peer.
"""
