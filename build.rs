//! Has the linker put next to each other what a start and a game run through.
//!
//! Linux maps sixteen pages of a program around each one that is touched. What a start runs
//! through is a fifth of the program but lies all over it, so three quarters of the program would
//! be resident for it. `link/first.ld` lists these functions, and `link/order.sh` makes that list.

use std::env;
use std::path::Path;
use std::process::Command;

const LIST: &str = "link/first.ld";

fn main() {
    println!("cargo::rerun-if-changed={LIST}");
    let is = |name: &str, value: &str| env::var(name).is_ok_and(|it| it == value);
    if !is("PROFILE", "release") || !is("CARGO_CFG_TARGET_OS", "linux") {
        return;
    }
    let Ok(root) = env::var("CARGO_MANIFEST_DIR") else {
        return;
    };
    let argument = format!("-Wl,-T,{root}/{LIST}");
    if is_understood(&argument).is_some() {
        println!("cargo::rustc-link-arg-bins={argument}");
    }
}

/// Whether a program that is linked with this argument starts: not every linker reads such lists,
/// and the bot can do without. When building for another machine it is not known.
fn is_understood(argument: &str) -> Option<()> {
    let target = env::var("TARGET").ok()?;
    if env::var("HOST").ok()? != target {
        return None;
    }
    let folder = env::var("OUT_DIR").ok()?;
    let (source, program) = (
        Path::new(&folder).join("try.rs"),
        Path::new(&folder).join("try"),
    );
    std::fs::write(&source, "fn main() {}").ok()?;
    let mut rustc = Command::new(env::var("RUSTC").ok()?);
    rustc
        .args(["--target", &target, "-o"])
        .args([&program, &source]);
    rustc.args(["-C", &format!("link-arg={argument}")]);
    if let Ok(linker) = env::var("RUSTC_LINKER") {
        rustc.args(["-C", &format!("linker={linker}")]);
    }
    let flags = env::var("CARGO_ENCODED_RUSTFLAGS").unwrap_or_default();
    rustc.args(flags.split('\x1f').filter(|flag| !flag.is_empty()));
    let linked = rustc.output().ok()?;
    let started = Command::new(&program).status().ok()?;
    (linked.status.success() && started.success()).then_some(())
}
