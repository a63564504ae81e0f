//! Bodies of `multipart/form-data`: `payload_json` and `files[n]`.

use serde_json::Value;

use super::super::{error::ApiError, id::AttachmentId, validate::message::File};

/// The largest file in bytes: Discord's limit for a server without boosts.
const FILE_BYTES_MAX: usize = 10 * 1024 * 1024;
/// Most parts of a body.
const PARTS_MAX: usize = 20;

/// Splits a body into its JSON and its files.
///
/// # Errors
/// 50109 when it is not such a body, 40005 when a file is too large.
pub fn read(content_type: &str, body: &[u8]) -> Result<(Value, Vec<File>), ApiError> {
    let boundary = parameter(content_type, "boundary").ok_or_else(ApiError::invalid_json)?;
    let mut payload = Value::Object(serde_json::Map::new());
    let mut files = Vec::new();
    for part in split(body, boundary.as_bytes()).ok_or_else(ApiError::invalid_json)? {
        let (head, content) = part;
        let disposition = header(&head, "content-disposition").unwrap_or_default();
        let name = parameter(disposition, "name").unwrap_or_default();
        if name == "payload_json" {
            payload = serde_json::from_slice(content).map_err(|_| ApiError::invalid_json())?;
        } else if let Some(placeholder) = placeholder(&name) {
            if content.len() > FILE_BYTES_MAX {
                return Err(ApiError::too_large());
            }
            files.push(File {
                placeholder,
                filename: safe_name(&parameter(disposition, "filename").unwrap_or_default()),
                content_type: header(&head, "content-type").map(str::to_owned),
                bytes: content.to_vec(),
            });
        }
    }
    Ok((payload, files))
}

fn placeholder(name: &str) -> Option<AttachmentId> {
    let index = name.strip_prefix("files[")?.strip_suffix(']')?;
    index.parse::<u64>().ok().map(AttachmentId::from)
}

/// Discord keeps letters, digits and `._-` of a file name.
pub fn safe_name(name: &str) -> String {
    let kept: String = name
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() || "._-".contains(c) {
                c
            } else {
                '_'
            }
        })
        .take(260)
        .collect();
    if kept.is_empty() {
        "file".to_owned()
    } else {
        kept
    }
}

type Part<'a> = (String, &'a [u8]);

/// The parts between the boundaries, each with its head.
fn split<'a>(body: &'a [u8], boundary: &[u8]) -> Option<Vec<Part<'a>>> {
    let opening = [b"--", boundary].concat();
    let closing = [b"\r\n--", boundary].concat();
    let mut rest = body.strip_prefix(opening.as_slice())?;
    let mut parts = Vec::new();
    while let Some(part) = rest.strip_prefix(b"\r\n") {
        let head_end = find(part, b"\r\n\r\n")?;
        let content = &part[head_end + 4..];
        let content_end = find(content, &closing)?;
        let head = String::from_utf8_lossy(&part[..head_end]).into_owned();
        parts.push((head, &content[..content_end]));
        rest = &content[content_end + closing.len()..];
        if parts.len() > PARTS_MAX {
            return None;
        }
    }
    rest.starts_with(b"--").then_some(parts)
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack
        .windows(needle.len())
        .position(|window| window == needle)
}

fn header<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    head.lines().find_map(|line| {
        let (key, value) = line.split_once(':')?;
        key.trim()
            .eq_ignore_ascii_case(name)
            .then_some(value.trim())
    })
}

/// A parameter of a header value, with or without quotes.
fn parameter(value: &str, name: &str) -> Option<String> {
    value.split(';').skip(1).find_map(|part| {
        let (key, value) = part.split_once('=')?;
        key.trim()
            .eq_ignore_ascii_case(name)
            .then(|| value.trim().trim_matches('"').to_owned())
    })
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may fail by panicking")]
mod tests {
    use super::*;

    #[test]
    fn payload_and_files_are_told_apart() {
        let body = b"--B\r\nContent-Disposition: form-data; name=\"payload_json\"\r\n\r\n{\"a\":1}\
            \r\n--B\r\nContent-Disposition: form-data; name=\"files[0]\"; filename=\"a b/.png\"\r\n\
            Content-Type: image/png\r\n\r\n\x89PNG\r\n--\r\n--B--\r\n";
        let (payload, files) = read("multipart/form-data; boundary=B", body).unwrap();
        assert_eq!(payload["a"], 1);
        assert_eq!(files.len(), 1);
        assert_eq!(files[0].filename, "a_b_.png");
        assert_eq!(files[0].bytes, b"\x89PNG\r\n--");
        assert!(read("multipart/form-data; boundary=C", body).is_err());
        assert!(read("multipart/form-data", body).is_err());
    }
}
