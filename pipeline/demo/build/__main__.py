"""Rebuild the bundled calls and the demo model: `python -m pipeline.demo.build --minutes 45`."""

import argparse
from pathlib import Path

from pipeline.demo.build.bank import load_bank
from pipeline.demo.build.export import export, parameters
from pipeline.demo.build.measure import detected, load, measure, said_into_silence
from pipeline.demo.build.script import DEMO, LANGUAGES
from pipeline.demo.build.synthesise import synthesise
from pipeline.demo.build.tokenizer import Words, build_tokenizer
from pipeline.demo.build.train import refine, train

MODEL = DEMO / "model"


def main() -> None:
    """Run the wanted steps, all of them unless told otherwise."""
    wanted = _arguments()
    tokenizer, checkpoint = wanted.work / "tokenizer", wanted.work / "model.pt"
    if "calls" in wanted.steps:
        for language in LANGUAGES:
            synthesise(language)
    if "train" in wanted.steps:
        bank, words = load_bank(wanted.work), build_tokenizer(tokenizer)
        train(bank, words, checkpoint, minutes=wanted.minutes, seed=wanted.seed)
    if "refine" in wanted.steps:
        bank, words = load_bank(wanted.work), Words(tokenizer)
        refine(bank, words, checkpoint, minutes=wanted.minutes, rate=wanted.rate, seed=wanted.seed)
    if "export" in wanted.steps:
        export(checkpoint, tokenizer, wanted.out)
        print(f"{parameters(checkpoint):,} parameters -> {wanted.out}")
    if "measure" in wanted.steps:
        _measure(wanted.out)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m pipeline.demo.build", description=__doc__)
    parser.add_argument(
        "steps",
        nargs="*",
        default=["calls", "train", "export", "measure"],
        help="of: calls train refine export measure (default: all but refine)",
    )
    parser.add_argument("--minutes", type=float, default=45, help="time to train or refine")
    parser.add_argument("--rate", type=float, default=5e-4, help="learning rate of refine")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--work", type=Path, default=Path("/tmp/dragoman-demo-model"))
    parser.add_argument("--out", type=Path, default=MODEL)
    wanted = parser.parse_args()
    wanted.work.mkdir(parents=True, exist_ok=True)
    return wanted


def _measure(folder: Path) -> None:
    """Print a line for each channel, setting and number of threads."""
    for threads in (1, 2):
        ear = load(folder, threads=threads)
        for score in measure(ear):
            print(
                f"{score.language} channel {score.channel}  {score.setting:<10}  "
                f"{threads} threads  error {score.error:.3f}  {score.seconds:.1f} s",
                flush=True,
            )
    print("said into silence and noise:", said_into_silence(ear))
    print("languages heard:", detected(ear))


main()
