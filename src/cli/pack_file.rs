//! Packs as files, and what the commands on them print.

use heat_core::facts::{self, Fault, Flaw, Pack};
use heat_core::lang::Lang;
use std::io::{Read, Write};
use std::path::Path;
use std::process::ExitCode;

/// Reads a file, unless it is too large.
pub(super) fn read(path: &Path, bytes_max: usize) -> Result<String, Vec<Fault>> {
    let fault = |says: String| {
        let file = path.display().to_string();
        vec![Fault::of_file(&file, Flaw::Unread { says })]
    };
    let mut content = Vec::new();
    let limit = u64::try_from(bytes_max).unwrap_or(u64::MAX);
    // Reading one byte more than allowed detects a file that is too large, whatever its reported
    // size.
    let read = std::fs::File::open(path)
        .and_then(|file| file.take(limit.saturating_add(1)).read_to_end(&mut content));
    match read {
        Ok(bytes) if bytes > bytes_max => Err(fault(format!(
            "the file has more than {bytes_max} bytes; split it"
        ))),
        Ok(_) => facts::text_of(content).map_err(|error| fault(error.to_string())),
        Err(error) => Err(fault(format!(
            "the file cannot be read: {error}; choose a file that this user may read"
        ))),
    }
}

/// Lists faults on standard error.
pub(super) fn report_faults(faults: &[Fault]) -> ExitCode {
    for fault in faults {
        eprintln!("{}", heat_view::faults::fault(Lang::English, fault));
    }
    eprintln!(
        "{} {} to fix.",
        faults.len(),
        if faults.len() == 1 { "fault" } else { "faults" }
    );
    ExitCode::FAILURE
}

/// Prints, and accepts a closed pipe (`| head`).
pub(super) fn print(text: &str) -> anyhow::Result<ExitCode> {
    match std::io::stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(ExitCode::SUCCESS),
    }
}

/// Writes a pack with one film per line, so that a large one can be read and compared.
pub(super) fn write_pack(pack: &Pack, path: &Path) -> anyhow::Result<()> {
    let mut text = String::new();
    let serde_json::Value::Object(fields) = serde_json::to_value(pack)? else {
        anyhow::bail!("the pack is not a JSON object");
    };
    for (field, value) in &fields {
        text.push_str(if text.is_empty() { "{\n" } else { ",\n" });
        text.extend(["  ", &serde_json::to_string(field)?, ": "]);
        match value.as_array() {
            Some(rows) => {
                let rows: Vec<String> = rows.iter().map(|row| format!("    {row}")).collect();
                text.extend(["[\n", &rows.join(",\n"), "\n  ]"]);
            }
            None => text.push_str(&value.to_string()),
        }
    }
    text.push_str("\n}\n");
    std::fs::write(path, text)
        .map_err(|error| anyhow::anyhow!("{} cannot be written: {error}", path.display()))
}
