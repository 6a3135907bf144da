"""Read and match every sample message; print how many are filed right, queued, wrong, and how fast.

python -m bench.mail_reading
"""

from __future__ import annotations

import time

from tests.mail.samples import matched, read_sample, samples, wrong_facts

ROUNDS = 20


def main() -> None:
    """Print the figures; the last lines name what is wrong, if anything is."""
    every = samples()
    right = queued = wrong = kinds = facts = 0
    names: list[str] = []
    for sample in every:
        message = read_sample(sample.raw)
        threads = list(matched(message).threads)
        right += bool(threads) and threads == sample.threads
        queued += not threads
        wrong += bool(threads) and threads != sample.threads
        kinds += message.kind == sample.kind
        facts += not wrong_facts(sample, message)
        if threads != sample.threads or message.kind != sample.kind:
            names.append(sample.name)
    start = time.perf_counter()
    for _ in range(ROUNDS):
        for sample in every:
            matched(read_sample(sample.raw))
    spent = time.perf_counter() - start
    print(f"messages       {len(every):6}")
    print(f"filed right    {right:6}")
    print(f"queued         {queued:6}  (without proof: {sum(not one.threads for one in every)})")
    print(f"filed wrongly  {wrong:6}")
    print(f"kind right     {kinds:6}")
    print(f"facts right    {facts:6}")
    print(f"messages/s     {ROUNDS * len(every) / spent:6.0f}")
    for name in names:
        print(f"wrong: {name}")


if __name__ == "__main__":
    main()
