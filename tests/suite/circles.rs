//! No files import each other in a circle, so that one can be understood after those it imports. A
//! module and its own children may.
//!
//! Reads the `use` lines, and follows a name that a module re-exports to the file it comes from.
//! Paths inside expressions are not read.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// Each crate with the folder of its root module.
const CRATES: [(&str, &str); 6] = [
    ("heat_core", "crates/core/src"),
    ("heat_view", "crates/view/src"),
    ("heat_store", "crates/store/src"),
    ("heat_dataset", "crates/dataset/src"),
    ("discord_sandbox", "crates/sandbox/src"),
    ("heat_check", "src"),
];

/// A path from a crate's name on: `heat_core::bank::Bank`.
type Full = Vec<String>;

/// Every module with what it imports: the full path, and its name in the module.
type Imports = BTreeMap<Full, Vec<(Full, String)>>;

/// The modules in a folder, without their tests.
fn read(folder: &Path, module: &[String], imports: &mut Imports) {
    for entry in fs::read_dir(folder).expect("a readable folder") {
        let path = entry.expect("a readable entry").path();
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        if stem.ends_with("tests") || stem == "fixture" || stem == "main" {
            continue;
        }
        let child = [module, &[stem.to_string()]].concat();
        if path.is_dir() {
            read(&path, &child, imports);
        } else if path.extension().is_some_and(|kind| kind == "rs") {
            let text = fs::read_to_string(&path).expect("a readable file");
            let is_parent = stem == "lib" || stem == "mod";
            let module = if is_parent { module.to_vec() } else { child };
            let found = uses(&text, &module);
            imports.insert(module, found);
        }
    }
}

/// What the `use` lines of a file import, except those in its tests and functions, which are
/// indented.
fn uses(text: &str, module: &[String]) -> Vec<(Full, String)> {
    let starts = ["use ", "pub use ", "pub(crate) use ", "pub(super) use "];
    let mut found = Vec::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let Some(first) = starts.iter().find_map(|start| line.strip_prefix(start)) else {
            continue;
        };
        let mut tree = first.to_owned();
        while !tree.ends_with(';') {
            tree.push_str(lines.next().expect("the end of a use").trim());
        }
        branches(tree.trim_end_matches(';'), &[], &mut found);
    }
    let absolute = |(path, name): (Full, String)| Some((absolute(&path, module)?, name));
    found.into_iter().filter_map(absolute).collect()
}

/// Each path of a tree such as `a::{b, c::d as e}`, with its name.
fn branches(tree: &str, before: &[String], found: &mut Vec<(Full, String)>) {
    let (head, list) = tree.split_once('{').unwrap_or((tree, ""));
    let (head, name) = head.split_once(" as ").unwrap_or((head, ""));
    let parts = head.split("::").map(str::trim);
    let parts = parts.filter(|part| !part.is_empty()).map(str::to_owned);
    let mut path: Full = before.iter().cloned().chain(parts).collect();
    if list.is_empty() {
        if path.len() > 1 && path.last().is_some_and(|last| last == "self") {
            path.pop();
        }
        let own = path.last().cloned().unwrap_or_default();
        let name = if name.is_empty() {
            own
        } else {
            name.to_owned()
        };
        found.push((path, name));
        return;
    }
    let mut depth = 0;
    let list = list.rsplit_once('}').map_or(list, |(list, _)| list);
    for part in list.split(|c| {
        depth += i32::from(c == '{') - i32::from(c == '}');
        c == ',' && depth == 0
    }) {
        if !part.trim().is_empty() {
            branches(part.trim(), &path, found);
        }
    }
}

/// A path from its crate's name on. One of another crate outside of the workspace seems to begin in
/// the module itself, which does no harm.
fn absolute(path: &[String], module: &[String]) -> Option<Full> {
    let ups = path.iter().take_while(|part| *part == "super").count();
    let (from, rest) = match path.first()?.as_str() {
        "crate" => (&module[..1], &path[1..]),
        "self" => (module, &path[1..]),
        "super" => (&module[..module.len() - ups], &path[ups..]),
        first if CRATES.iter().any(|(name, _)| *name == first) => (&[] as &[String], path),
        _ => (module, path),
    };
    Some([from, rest].concat())
}

/// The module that a path names, or whose file defines what it names.
fn origin(path: &[String], imports: &Imports, steps: usize) -> Option<Full> {
    if imports.contains_key(path) {
        return Some(path.to_vec());
    }
    let known = (1..path.len())
        .rev()
        .find(|at| imports.contains_key(&path[..*at]))?;
    let (module, item) = (&path[..known], &path[known]);
    let handed_on = imports[module].iter().find(|(_, name)| name == item);
    let further = handed_on.filter(|(full, _)| full != path && steps > 0);
    let further = further.and_then(|(full, _)| origin(full, imports, steps - 1));
    Some(further.unwrap_or_else(|| module.to_vec()))
}

#[test]
fn no_files_import_each_other_in_a_circle() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut imports = Imports::new();
    for (name, folder) in CRATES {
        read(&root.join(folder), &[name.to_owned()], &mut imports);
    }
    let mut arrows: BTreeMap<&Full, BTreeSet<Full>> = BTreeMap::new();
    for (module, uses) in &imports {
        let to = uses
            .iter()
            .filter_map(|(path, _)| origin(path, &imports, 9));
        let is_kin = |other: &Full| other.starts_with(module) || module.starts_with(other);
        arrows.insert(module, to.filter(|other| !is_kin(other)).collect());
    }
    let count: usize = arrows.values().map(BTreeSet::len).sum();
    assert!(
        count > 1_000,
        "only {count} imports were found: it looks in the wrong place"
    );
    // A module that imports none of the remaining ones is in no circle, and neither is one that
    // none of them imports.
    loop {
        let left: BTreeSet<Full> = arrows.keys().map(|module| (*module).clone()).collect();
        let imported: BTreeSet<Full> = arrows.values().flatten().cloned().collect();
        for to in arrows.values_mut() {
            to.retain(|other| left.contains(other));
        }
        arrows.retain(|module, to| !to.is_empty() && imported.contains(*module));
        if arrows.len() == left.len() {
            break;
        }
    }
    assert!(arrows.is_empty(), "these import each other: {arrows:#?}");
}
