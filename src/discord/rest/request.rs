//! One request, sent once.

use super::error::{RestError, kind_of, token_of, without_address};
use crate::clock::DiscordClock;
use heat_view::message::File;
use serenity::all::{CreateAttachment, Http, LightMethod, Request, Route};
use serenity::http::{Multipart, MultipartUpload};

/// What a request carries.
pub(super) struct Body {
    pub(super) json: Option<String>,
    pub(super) file: Option<File>,
}

impl Body {
    pub(super) fn of(json: Option<Vec<u8>>) -> Self {
        Self {
            json: json.and_then(|bytes| String::from_utf8(bytes).ok()),
            file: None,
        }
    }

    /// The request: JSON alone, or `multipart/form-data` where a file comes along.
    /// <https://discord.com/developers/docs/reference#uploading-files>
    fn to_request<'a>(&self, route: Route<'a>, method: LightMethod) -> Request<'a> {
        let request = Request::new(route, method);
        match &self.file {
            None => request.body(self.json.clone().map(String::into_bytes)),
            Some(file) => {
                let file = CreateAttachment::bytes(file.content.clone(), &file.name);
                request.multipart(Some(Multipart {
                    upload: MultipartUpload::Attachments(vec![file]),
                    fields: Vec::new(),
                    payload_json: self.json.clone(),
                }))
            }
        }
    }
}

/// Sends it and reads the whole answer.
pub(super) async fn once(
    http: &Http,
    clock: &DiscordClock,
    method: LightMethod,
    route: Route<'_>,
    body: &Body,
) -> Result<Vec<u8>, RestError> {
    let request = body.to_request(route, method);
    let secrets = [http.token(), token_of(route)];
    let response = http
        .request(request)
        .await
        .map_err(|error| without_address(error).without(secrets))?;
    if let Some(date_ms) = date_ms(&response) {
        clock.heard_date(date_ms);
    }
    let bytes = response
        .bytes()
        .await
        .map_err(|e| RestError::NoAnswer(kind_of(&e)))?;
    Ok(bytes.to_vec())
}

/// When an answer says that it was made, in Unix milliseconds, to the second before.
pub(super) fn date_ms(answer: &reqwest::Response) -> Option<i64> {
    let date = answer.headers().get(reqwest::header::DATE)?.to_str().ok()?;
    let date = jiff::fmt::rfc2822::parse(date).ok()?;
    Some(date.timestamp().as_millisecond())
}
