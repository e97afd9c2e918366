//! Measures the parts of a lookup: parsing an entry, resolving a name, rendering a page.
//!
//! `cargo bench --bench look_up`

use divan::{Bencher, black_box};
use glossary_cli::render::{Hyperlinks, Layout, OutputStyle, Theme, json, page};
use glossary_core::corpus::Corpus;
use glossary_core::entry::Entry;
use glossary_core::entry::sections::Depth;
use glossary_core::query::lookup::lookup;
use glossary_core::query::resolve::{NearMisses, resolve};

const TEXT: &str = include_str!("../entries/token.md");

fn main() {
    divan::main();
}

fn corpus() -> Corpus {
    Corpus::built_in(glossary_cli::embedded::BUILT_IN).expect("the binary is whole")
}

#[divan::bench]
fn open_the_built_in_glossary() -> Corpus {
    corpus()
}

#[divan::bench]
fn parse_an_entry() -> Entry {
    Entry::parse("token", black_box(TEXT)).expect("a good entry")
}

#[divan::bench(args = ["token", "GANs", "what is a transformer?", "genrative ai", "no such thing at all"])]
fn resolve_a_name(bencher: Bencher, query: &str) {
    let corpus = corpus();
    bencher.bench_local(|| resolve(&corpus, black_box(query), NearMisses::Shown));
}

#[divan::bench(args = ["plain", "wrapped", "styled"])]
fn render_a_page(bencher: Bencher, style: &str) {
    let corpus = corpus();
    let answer = lookup(&corpus, "token", NearMisses::Off).expect("readable");
    let layout = Layout {
        width: 80,
        hyperlinks: Hyperlinks::On,
    };
    let style = match style {
        "plain" => OutputStyle::Plain { width: None },
        "wrapped" => OutputStyle::Page {
            layout,
            theme: Theme::Unstyled,
        },
        _ => OutputStyle::Page {
            layout,
            theme: Theme::Styled,
        },
    };
    bencher.bench_local(|| page::render(&answer.entries[0], &Depth::ALL, &style));
}

#[divan::bench]
fn print_json(bencher: Bencher) {
    let corpus = corpus();
    let answer = lookup(&corpus, "token", NearMisses::Off).expect("readable");
    let related = answer.entries.iter().map(|found| found.related(&corpus));
    let related: Vec<_> = related.map(|related| related.expect("readable")).collect();
    bencher.bench_local(|| json::answer(&answer, &related));
}
