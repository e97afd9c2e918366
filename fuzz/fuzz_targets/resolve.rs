//! Any question has an answer.
#![no_main]

use std::sync::OnceLock;

use glossary_core::corpus::Corpus;
use glossary_core::query::resolve::{NearMisses, resolve};
use libfuzzer_sys::fuzz_target;

thread_local! {
    static CORPUS: OnceLock<Corpus> = const { OnceLock::new() };
}

fuzz_target!(|query: &str| {
    CORPUS.with(|corpus| {
        let corpus = corpus.get_or_init(|| Corpus::built_in(glossary_cli::embedded::BUILT_IN).expect("the built-in glossary"));
        resolve(corpus, query, NearMisses::Shown).expect("an answer");
    });
});
