//! `glossary pack DIR… -o FILE`: folders as one file.

use std::fs;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

use clap::{Args, ValueHint};

use super::Context;
use crate::error::{Error, Result, Status};
use crate::progress::Progress;
use crate::render::glossaries;
use crate::signals;
use glossary_core::corpus::pack::{self, Packed};

/// Writes the pack to standard output.
const STANDARD_OUTPUT: &str = "-";

#[derive(Debug, Args)]
pub(crate) struct Pack {
    /// The folders; entries of the first replace and hide those of the others
    #[arg(required = true, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(crate) folders: Vec<PathBuf>,
    /// The file; `-` writes to standard output
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) output: PathBuf,
}

impl Pack {
    /// Writes the file, and says how many entries it has and what was left out.
    pub(crate) fn run(&self, context: &mut Context) -> Result<Status> {
        signals::ignore_file_size_limit();
        if self.output.as_os_str() == STANDARD_OUTPUT {
            return self.write_to_standard_output(context);
        }
        let packed = self.write(&self.output, context)?;
        context.print(&glossaries::packed(&self.output, packed.entries))?;
        Ok(Status::Found)
    }

    fn write_to_standard_output(&self, context: &mut Context) -> Result<Status> {
        if io::stdout().is_terminal() {
            return Err(Error::Usage(
                "a pack is not text; send it to a file or a pipe".to_string(),
            ));
        }
        let folder = tempfile::tempdir().map_err(Error::Output)?;
        let path = folder.path().join("pack");
        self.write(&path, context)?;
        let bytes = fs::read(&path).map_err(Error::Output)?;
        context.out.write_all(&bytes).map_err(Error::Output)?;
        Ok(Status::Found)
    }

    fn write(&self, path: &Path, context: &mut Context) -> Result<Packed> {
        let mut progress: Option<Progress> = None;
        let packed = pack::pack(&self.folders, path, &mut |read, all| {
            Progress::count_files(&mut progress, read, all);
        });
        progress.into_iter().for_each(Progress::finish);
        let packed = packed?;
        if let Some(message) = glossaries::left_out(packed.findings.len(), &self.folders) {
            context.messages.note(&message);
        }
        Ok(packed)
    }
}
