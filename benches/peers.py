#!/usr/bin/env python3
"""Prepares the entries of the glossary for other tools, and measures lookups with each: see peers.sh.

    peers.py prepare DIR    writes the dictionaries into DIR, where the programs are
    peers.py measure DIR    runs the lookups, prints the table, and draws docs/peers.svg
"""
import json
import os
import random
import shutil
import socket
import statistics
import struct
import subprocess
import sys
import time

QUERIES = 40  # of each kind
ROUNDS = 15
KINDS = ("exact", "missing", "misspelled")
TOOLS = ("true", "glossary", "tealdeer", "wn", "sdcv", "dict")


def entries(work):
    """Slug, title and summary of every entry."""
    command = [f"{work}/glossary", "--built-in", "list", "--json"]
    listed = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    return [(item["slug"], item["title"].split(" (")[0], item["summary"]) for item in listed]


def stardict(work, known):
    """A dictionary for sdcv: an index of headwords, offsets and lengths, and the texts."""
    index, texts = b"", b""
    for _, title, summary in sorted(known, key=lambda entry: (entry[1].lower().encode(), entry[1])):
        text = summary.encode()
        index += title.encode() + b"\0" + struct.pack(">II", len(texts), len(text))
        texts += text
    folder = f"{work}/stardict"
    os.makedirs(folder)
    for extension, content in (("idx", index), ("dict", texts)):
        with open(f"{folder}/glossary.{extension}", "wb") as file:
            file.write(content)
    with open(f"{folder}/glossary.ifo", "w", encoding="utf-8") as file:
        file.write(
            "StarDict's dict ifo file\nversion=2.4.2\nbookname=glossary\nsametypesequence=m\n"
            f"wordcount={len(known)}\nidxfilesize={len(index)}\n"
        )


def dictd(work, known):
    """A database for dictd, made by its own dictfmt, and the server's settings."""
    source = "".join(f"_____\n\n{title}\n{summary}\n\n" for _, title, summary in known)
    options = ["--utf8", "-c5", "-s", "glossary", "-u", "local"]
    command = ["dictfmt", *options, f"{work}/dictd"]
    subprocess.run(command, input=source.encode(), check=True, capture_output=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with open(f"{work}/port", "w", encoding="utf-8") as file:
        file.write(str(port))
    with open(f"{work}/dictd.conf", "w", encoding="utf-8") as file:
        file.write(f'database glossary {{ data "{work}/dictd.dict" index "{work}/dictd.index" }}\n')
    # The server gives up root and must still reach its files.
    os.chmod(work, 0o755)


def tealdeer(work, known):
    """A cache of pages for tealdeer."""
    pages = f"{work}/cache/tldr-pages/pages.en/common"
    os.makedirs(pages)
    for slug, title, summary in known:
        with open(f"{pages}/{slug}.md", "w", encoding="utf-8") as file:
            file.write(f"# {title}\n\n> {summary}\n")
    with open(f"{work}/config.toml", "w", encoding="utf-8") as file:
        file.write(f'[directories]\ncache_dir = "{work}/cache"\n')


def queries(known):
    """For each kind so many names, each with the entry that it means."""
    chance = random.Random(7)
    named = [entry for entry in known if len(entry[1]) > 6]
    consonants, vowels = "bdfgklmnprstvz", "aeiou"

    def nonsense():
        return "".join(chance.choice(letters) for letters in [consonants, vowels] * 5)

    def misspell(name):
        at = chance.randrange(1, len(name) - 2)
        slips = (
            name[:at] + name[at + 1 :],
            name[:at] + name[at] + name[at:],
            name[:at] + name[at + 1] + name[at] + name[at + 2 :],
            name[:at] + chance.choice(vowels + consonants) + name[at + 1 :],
        )
        return chance.choice([slip for slip in slips if slip != name])

    return {
        "exact": [(entry[1], entry) for entry in chance.sample(named, QUERIES)],
        "missing": [(nonsense(), None) for _ in range(QUERIES)],
        "misspelled": [(misspell(entry[1]), entry) for entry in chance.sample(named, QUERIES)],
    }


def command(work, tool, query):
    port = open(f"{work}/port", encoding="utf-8").read()
    return {
        "true": [shutil.which("true")],
        "glossary": [f"{work}/glossary", query],
        "tealdeer": [f"{work}/bin/tldr", query.lower().replace(" ", "-")],
        "wn": [shutil.which("wn"), query, "-over"],
        "sdcv": [shutil.which("sdcv"), "-n", "--data-dir", f"{work}/stardict", query],
        "dict": [shutil.which("dict"), "-h", "127.0.0.1", "-p", port, "-d", "glossary", query],
    }[tool]


def environment(work):
    return {"HOME": work, "PATH": os.environ["PATH"], "TEALDEER_CONFIG_DIR": work, "LC_ALL": "C.UTF-8"}


def milliseconds(words, surroundings, nothing):
    silent = [(os.POSIX_SPAWN_DUP2, nothing, 1), (os.POSIX_SPAWN_DUP2, nothing, 2)]
    begun = time.perf_counter_ns()
    os.waitpid(os.posix_spawn(words[0], words, surroundings, file_actions=silent), 0)
    return (time.perf_counter_ns() - begun) / 1e6


def measure(work):
    asked = queries(entries(work))
    surroundings = environment(work)
    nothing = os.open("/dev/null", os.O_RDWR)
    times = {(tool, kind): [] for tool in TOOLS for kind in KINDS}
    ratios = {(tool, kind): [] for tool in TOOLS for kind in KINDS}
    chance = random.Random(1)
    for _ in range(ROUNDS):
        for kind in KINDS:
            for query, _ in asked[kind]:
                order = chance.sample(TOOLS, len(TOOLS))
                commands = {tool: command(work, tool, query) for tool in order}
                took = {tool: milliseconds(commands[tool], surroundings, nothing) for tool in order}
                for tool, spent in took.items():
                    times[tool, kind].append(spent)
                    ratios[tool, kind].append(spent / took["true"])
    return asked, times, ratios


def answered(work, tool, cases):
    """How many of the misspelled names a tool answers with the text of the entry, or at least names it."""
    shown = named = 0
    for query, (_, title, summary) in cases:
        run = subprocess.run(command(work, tool, query), env=environment(work), capture_output=True, check=False, input=b"")
        said = " ".join((run.stdout + run.stderr).decode(errors="replace").split()).lower()
        is_shown = " ".join(summary.split()).lower()[:60] in said
        shown += is_shown
        named += is_shown or title.lower() in said
    return shown, named


def table(work, asked, times, ratios):
    lines = [
        "| | exact | missing | misspelled | misspelled: shown | misspelled: shown or named |",
        "|---|---|---|---|---|---|",
    ]
    for tool in TOOLS:
        cells = [
            f"{statistics.median(times[tool, kind]):.2f} ms ({statistics.median(ratios[tool, kind]):.2f})"
            for kind in KINDS
        ]
        if tool in ("true", "wn"):
            cells += ["", ""]
        else:
            cells += [f"{count * 100 // QUERIES} %" for count in answered(work, tool, asked["misspelled"])]
        lines.append(f"| `{tool}` | {' | '.join(cells)} |")
    return "\n".join(lines)


def plot(times):
    """Bars of the medians, in colors that are legible on light and on dark."""
    colors = {"exact": "#4c8bf5", "missing": "#8a8f98", "misspelled": "#e8833a"}
    longest = max(statistics.median(found) for found in times.values())
    parts, y = [], 40
    for tool in TOOLS:
        parts.append(f'<text x="90" y="{y + 22}" text-anchor="end">{tool}</text>')
        for kind in KINDS:
            median = statistics.median(times[tool, kind])
            width = max(1, median / longest * 400)
            parts.append(f'<rect x="100" y="{y}" width="{width:.0f}" height="9" fill="{colors[kind]}"/>')
            parts.append(f'<text x="{106 + width:.0f}" y="{y + 8}" font-size="9">{median:.1f} ms</text>')
            y += 11
        y += 9
    legend = "".join(
        f'<rect x="{100 + 90 * at}" y="14" width="10" height="10" fill="{colors[kind]}"/>'
        f'<text x="{115 + 90 * at}" y="23">{kind}</text>'
        for at, kind in enumerate(KINDS)
    )
    with open("docs/peers.svg", "w", encoding="utf-8") as file:
        file.write(
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 560 {y}" font-family="sans-serif" '
            f'font-size="12" fill="#80858e">\n<title>Milliseconds of a lookup</title>\n{legend}\n'
            + "\n".join(parts)
            + "\n</svg>\n"
        )


def wait(work):
    """Until the dictionary server answers."""
    for _ in range(100):
        try:
            socket.create_connection(("127.0.0.1", int(open(f"{work}/port").read())), timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    sys.exit("dictd does not answer: " + open(f"{work}/dictd.out").read())


if __name__ == "__main__":
    step, folder = sys.argv[1:]
    if step == "prepare":
        everything = entries(folder)
        for prepare in (stardict, dictd, tealdeer):
            prepare(folder, everything)
    else:
        wait(folder)
        found = measure(folder)
        print(table(folder, *found))
        plot(found[1])
