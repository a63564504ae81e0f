//! Attachments: of the bot's messages, and of members' commands.

use serde_json::{Value, json};

use super::{FILE_BYTES_MAX, StoredFile, World, shape::ATTACHMENT_BYTES_MAX};
use crate::{
    id::{AttachmentId, UserId},
    validate::message::File,
};

/// Most files that members have uploaded and may still send; older ones are forgotten.
const UPLOADS_MAX: usize = 200;

/// A file that a member uploaded, for an option of a command.
#[derive(Debug)]
pub struct Upload {
    pub user_id: UserId,
    /// The attachment object as Discord sends it.
    pub body: Value,
}

impl World {
    /// The bytes and media type of an attachment, if it has this name.
    pub fn find_file(&self, id: AttachmentId, filename: &str) -> Option<&StoredFile> {
        self.files.get(&id).filter(|file| file.filename == filename)
    }

    /// A member uploads a file for an option, as Discord's client does while the command is being
    /// filled in.
    ///
    /// # Errors
    /// A sentence for the member.
    pub fn upload(&mut self, user_id: UserId, file: &File, now_ms: u64) -> Result<Value, String> {
        if self.users.get(&user_id).is_none_or(|user| user.bot) {
            return Err("There is no such member.".to_owned());
        }
        let size = u64::try_from(file.bytes.len()).unwrap_or(u64::MAX);
        if size > ATTACHMENT_BYTES_MAX {
            return Err(too_large());
        }
        if size == 0 {
            return Err("The file is empty.".to_owned());
        }
        let folder = format!("ephemeral-attachments/{}", self.application_id);
        let (id, mut body) = self.keep_file(&folder, file, now_ms);
        body["ephemeral"] = json!(true);
        let upload = Upload {
            user_id,
            body: body.clone(),
        };
        self.uploads.insert(id, upload);
        if self.uploads.len() > UPLOADS_MAX {
            self.uploads.pop_first();
        }
        Ok(body)
    }

    /// Stores a file and returns its id and attachment object.
    pub(super) fn keep_file(
        &mut self,
        folder: &str,
        file: &File,
        now_ms: u64,
    ) -> (AttachmentId, Value) {
        let id = self.ids.next(now_ms);
        let url = format!("{}/{folder}/{id}/{}", self.base_url, file.filename);
        let mut body = json!({
            "id": id,
            "filename": file.filename,
            "size": file.bytes.len(),
            "url": url,
            "proxy_url": url,
            "content_type": file.content_type,
        });
        if let Some((width, height)) = png_size(&file.bytes) {
            body["width"] = json!(width);
            body["height"] = json!(height);
        }
        let stored = StoredFile {
            filename: file.filename.clone(),
            content_type: file.content_type.clone(),
            bytes: file.bytes.clone(),
        };
        self.files.insert(id, stored);
        let held = |world: &Self| world.files.values().map(|f| f.bytes.len()).sum::<usize>();
        while held(self) > FILE_BYTES_MAX {
            self.files.pop_first();
        }
        (id, body)
    }
}

/// The message for a file over Discord's limit.
pub fn too_large() -> String {
    let mib = ATTACHMENT_BYTES_MAX / (1024 * 1024);
    format!("The file is too large: at most {mib} MiB can be sent here.")
}

/// Width and height of a PNG, from its first chunk:
/// <https://www.w3.org/TR/png-3/#11IHDR>.
fn png_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let rest = bytes.strip_prefix(b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR")?;
    let (width, rest) = rest.split_first_chunk::<4>()?;
    let (height, _) = rest.split_first_chunk::<4>()?;
    Some((u32::from_be_bytes(*width), u32::from_be_bytes(*height)))
}

#[cfg(test)]
mod tests {
    use super::png_size;

    #[test]
    fn only_a_png_has_a_size() {
        let png = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\x03\xe8\0\0\x02\x9a\x08";
        assert_eq!(png_size(png), Some((1000, 666)));
        assert_eq!(png_size(&png[..20]), None);
        assert_eq!(png_size(b"{}"), None);
    }
}
