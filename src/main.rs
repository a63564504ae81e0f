//! The command line of Heat Check.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::main()
}
