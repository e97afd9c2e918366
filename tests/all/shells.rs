//! Completion in the shells themselves. A shell that is not installed is skipped, and the output says so.

use crate::support::Place;

/// The output of a shell for a script that loads the completions and asks for candidates; `None` when the
/// shell is missing.
fn ask(shell: &str, script: &str) -> Option<String> {
    let output = Place::new().shell(shell, &[], script)?;
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

fn bash(words: &str, index: usize) -> String {
    let script = format!(
        "eval \"$(glossary completions bash)\"; COMP_WORDS=({words}); COMP_CWORD={index}; COMP_TYPE=9; \
         _clap_complete_glossary glossary \"${{COMP_WORDS[$COMP_CWORD]}}\"; printf '%s\\n' \"${{COMPREPLY[@]}}\""
    );
    ask("bash", &script).expect("bash is installed")
}

#[test]
fn bash_completes_terms_commands_and_flags() {
    assert_eq!(bash("glossary latent-sp", 1), "latent-space\n");
    assert_eq!(bash("glossary related latent-sp", 2), "latent-space\n");
    assert!(
        bash("glossary rel", 1)
            .lines()
            .any(|word| word == "related")
    );
    assert!(
        bash("glossary --el", 1)
            .lines()
            .any(|word| word == "--eli5")
    );
    assert!(
        bash("glossary list --tag gen", 3)
            .lines()
            .any(|word| word == "generative-models")
    );
}

#[test]
fn bash_completes_acronyms_and_further_words() {
    for (words, index, completed) in [
        ("glossary GAN", 1, "GAN\n"),
        ("glossary RLH", 1, "RLHF\n"),
        ("glossary rlh", 1, "rlhf\n"),
        ("glossary latent sp", 2, "space\n"),
        ("glossary --eli5 latent sp", 3, "space\n"),
        ("glossary related Latent Sp", 3, "Space\n"),
        ("glossary latent zzz", 2, "\n"),
    ] {
        let shown = bash(words, index);
        assert!(
            shown.lines().any(|line| line == completed.trim_end()) && shown.lines().count() < 9,
            "{words}: {shown}"
        );
    }
}

#[test]
fn bash_completes_topics_and_rules() {
    for (words, index, completed) in [
        ("glossary list --tag generative-m", 3, "generative-models"),
        ("glossary list generative-m", 2, "generative-models"),
        ("glossary check --explain orp", 3, "orphan"),
    ] {
        assert_eq!(bash(words, index).trim_end(), completed, "{words}");
    }
}

#[test]
fn bash_gets_what_it_would_split_in_quotes() {
    let place = Place::with(
        "team/dough (wet).md",
        crate::support::entry("Wet Dough", "Sticky."),
    );
    let script = "eval \"$(glossary completions bash)\"; COMP_WORDS=(glossary --glossary team dough); COMP_CWORD=3; \
                  COMP_TYPE=9; _clap_complete_glossary glossary dough; printf '%s\\n' \"${COMPREPLY[@]}\"";
    let output = place.shell("bash", &[], script).expect("bash is installed");
    assert_eq!(
        String::from_utf8_lossy(&output.stdout),
        "dough\\ \\(wet\\)\n"
    );
}

#[test]
fn the_terms_of_the_glossaries_on_the_line_are_completed_too() {
    let folder = tempfile::tempdir().unwrap();
    let team = folder.path().join("team");
    std::fs::create_dir(&team).unwrap();
    let entry = "---\ntitle: Latent Spanner\ntags: [tools]\n---\n### Summary\nA tool.\n";
    std::fs::write(team.join("latent-spanner.md"), entry).unwrap();
    let team = team.display();
    for (line, index, completed) in [
        (
            format!("glossary --glossary {team} latent-sp"),
            3,
            "latent-space\nlatent-spanner\n",
        ),
        (
            format!("glossary related --glossary={team} latent-sp"),
            3,
            "latent-space\nlatent-spanner\n",
        ),
        // As bash parts the words of `--glossary=DIR`.
        (
            format!("glossary --glossary = {team} latent-sp"),
            4,
            "latent-space\nlatent-spanner\n",
        ),
        (
            format!("glossary --glossary {team} list --tag tool"),
            5,
            "tools\n",
        ),
        (
            "glossary --built-in related latent-sp".to_string(),
            3,
            "latent-space\n",
        ),
    ] {
        assert_eq!(bash(&line, index), completed, "{line}");
    }
}

#[test]
fn fish_completes_terms_with_their_summaries() {
    let Some(candidates) = ask(
        "fish",
        "glossary completions fish | source; complete -C 'glossary latent-sp'",
    ) else {
        return;
    };
    assert!(
        candidates.starts_with("latent-space\tThe space of internal vectors"),
        "{candidates}"
    );
    let script = "glossary completions fish | source; complete -C 'glossary rel'";
    let candidates = ask("fish", script).unwrap();
    assert!(
        candidates.lines().any(|line| line.starts_with("related\t")),
        "{candidates}"
    );
}

#[test]
fn zsh_loads_the_script_and_is_offered_terms() {
    // Candidates reach zsh through `_describe`; this one prints them. With -D nothing is dumped: for
    // root the dump would take the place of whatever has its name, were it /dev/null.
    let script = "autoload -Uz compinit; compinit -u -D; eval \"$(glossary completions zsh)\"; \
                  _describe() { local name=${argv[-1]}; print -l -- \"${(@P)name}\" }; \
                  words=(glossary latent-sp); CURRENT=2; _clap_dynamic_completer_glossary; print \"$_comps[glossary]\"";
    let Some(shown) = ask("zsh", script) else {
        return;
    };
    assert!(
        shown.contains("latent-space:The space of internal vectors"),
        "{shown}"
    );
    assert!(
        shown.contains("_clap_dynamic_completer_glossary"),
        "{shown}"
    );
}

/// Lines, and a candidate for their last word.
const COMPLETED: [(&str, &str); 6] = [
    ("glossary GAN", "GAN"),
    ("glossary rlh", "rlhf"),
    ("glossary latent sp", "space"),
    ("glossary check --explain orp", "orphan"),
    ("glossary list generative-m", "generative-models"),
    ("glossary random --tag generative-m", "generative-models"),
];

#[test]
fn fish_and_zsh_complete_acronyms_further_words_topics_and_rules() {
    for (line, candidate) in COMPLETED {
        let script = format!("glossary completions fish | source; complete -C '{line}'");
        if let Some(shown) = ask("fish", &script) {
            let found = shown
                .lines()
                .any(|line| line.split('\t').next() == Some(candidate));
            assert!(found, "fish: {line}: {shown}");
        }
        let script = format!(
            "autoload -Uz compinit; compinit -u -D; eval \"$(glossary completions zsh)\"; \
             _describe() {{ local name=${{argv[-1]}}; print -l -- \"${{(@P)name}}\" }}; \
             words=({line}); CURRENT=$#words; _clap_dynamic_completer_glossary"
        );
        if let Some(shown) = ask("zsh", &script) {
            let found = shown
                .lines()
                .any(|line| line.split(':').next() == Some(candidate));
            assert!(found, "zsh: {line}: {shown}");
        }
    }
}

#[test]
fn the_other_shells_have_a_script() {
    for (shell, part) in [
        ("powershell", "Register-ArgumentCompleter"),
        ("elvish", "edit:completion:arg-completer"),
    ] {
        let script = crate::support::run(&["completions", shell]);
        assert!(
            script.stdout.contains(part) && script.stdout.contains("glossary"),
            "{}",
            script.stdout
        );
        assert_eq!(script.status, 0);
    }
}
