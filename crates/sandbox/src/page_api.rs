//! The API of the page and of test drivers, under `/sandbox`.

use std::{collections::BTreeMap, sync::Arc};

use axum::{
    Json, Router,
    body::{Body, to_bytes},
    extract::{
        DefaultBodyLimit, Path, Query, State, WebSocketUpgrade,
        ws::{Message, WebSocket},
    },
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::sync::{broadcast::error::RecvError, oneshot};

use super::{
    crowd, endpoint,
    faults::FaultRequest,
    hub::{self, Hub},
    id::{AttachmentId, InteractionId},
    rest::multipart::safe_name,
    validate::message::File,
    world::{self, ATTACHMENT_BYTES_MAX, Invocation, StaffAction},
};

/// The routes of the page API.
pub fn routes() -> Router<Arc<Hub>> {
    Router::new()
        .route("/sandbox/socket", get(socket))
        .route("/sandbox/command", post(command))
        .route("/sandbox/autocomplete", post(autocomplete))
        .route("/sandbox/component", post(component))
        .route("/sandbox/modal", post(modal))
        .route("/sandbox/message", post(message))
        .route("/sandbox/act", post(act))
        .route("/sandbox/crowd", post(set_crowd))
        .route("/sandbox/faults", post(faults))
        .route("/sandbox/endpoint", post(set_endpoint))
        .route("/sandbox/rejections", get(rejections))
        .route(
            "/sandbox/upload",
            // Read by hand, so that a file over the limit is refused with a sentence.
            post(upload).layer(DefaultBodyLimit::disable()),
        )
        .route("/attachments/{place}/{id}/{name}", get(file))
        .route("/ephemeral-attachments/{place}/{id}/{name}", get(file))
}

/// A refusal with a sentence for the member.
struct Refusal(StatusCode, String);

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        (self.0, Json(json!({ "error": self.1 }))).into_response()
    }
}

impl From<String> for Refusal {
    fn from(sentence: String) -> Self {
        Self(StatusCode::BAD_REQUEST, sentence)
    }
}

type Answer = Result<Json<Value>, Refusal>;

#[derive(Deserialize)]
struct CommandBody {
    user_id: String,
    channel_id: String,
    name: String,
    #[serde(default)]
    options: Vec<Value>,
}

impl CommandBody {
    fn read(self) -> Result<Invocation, String> {
        Ok(Invocation {
            user_id: self.user_id.parse()?,
            channel_id: self.channel_id.parse()?,
            name: self.name,
            options: self.options,
        })
    }
}

#[derive(Deserialize)]
struct ComponentBody {
    user_id: String,
    channel_id: String,
    message_id: String,
    custom_id: String,
    #[serde(default)]
    values: Vec<String>,
}

#[derive(Deserialize)]
struct ModalBody {
    user_id: String,
    interaction_id: String,
    values: BTreeMap<String, String>,
}

#[derive(Deserialize)]
struct MessageBody {
    user_id: String,
    channel_id: String,
    content: String,
}

/// Responds with the interaction's id, and fails the interaction if the bot does not answer in
/// time.
fn begun(hub: &Arc<Hub>, interaction_id: InteractionId) -> Json<Value> {
    hub.expire_in_time(interaction_id);
    Json(json!({ "interaction_id": interaction_id }))
}

async fn command(State(hub): State<Arc<Hub>>, Json(body): Json<CommandBody>) -> Answer {
    let invocation = body.read()?;
    let interaction_id = hub.with(|inner, now_ms| inner.world.invoke(&invocation, now_ms))?;
    Ok(begun(&hub, interaction_id))
}

async fn autocomplete(State(hub): State<Arc<Hub>>, Json(body): Json<CommandBody>) -> Answer {
    let invocation = body.read()?;
    let (sender, receiver) = oneshot::channel();
    let interaction_id = hub.with(|inner, now_ms| {
        let interaction_id = inner.world.autocomplete(&invocation, now_ms)?;
        inner.waiters.insert(interaction_id, sender);
        Ok::<_, String>(interaction_id)
    })?;
    let answer = tokio::time::timeout(hub.options.answer_limit, receiver).await;
    hub.with(|inner, _| {
        inner.waiters.remove(&interaction_id);
        inner.world.expire(interaction_id);
    });
    match answer {
        Ok(Ok(choices)) => Ok(Json(json!({ "choices": choices }))),
        _ => Err(Refusal(
            StatusCode::GATEWAY_TIMEOUT,
            "The bot offered no choices in time.".to_owned(),
        )),
    }
}

async fn component(State(hub): State<Arc<Hub>>, Json(body): Json<ComponentBody>) -> Answer {
    let user_id = body.user_id.parse()?;
    let place = (body.channel_id.parse()?, body.message_id.parse()?);
    let interaction_id = hub.with(|inner, now_ms| {
        inner
            .world
            .use_component(user_id, place, &body.custom_id, &body.values, now_ms)
    })?;
    Ok(begun(&hub, interaction_id))
}

async fn modal(State(hub): State<Arc<Hub>>, Json(body): Json<ModalBody>) -> Answer {
    let (user_id, opened) = (body.user_id.parse()?, body.interaction_id.parse()?);
    let interaction_id = hub.with(|inner, now_ms| {
        inner
            .world
            .submit_modal(user_id, opened, &body.values, now_ms)
    })?;
    Ok(begun(&hub, interaction_id))
}

async fn message(State(hub): State<Arc<Hub>>, Json(body): Json<MessageBody>) -> Answer {
    let (user_id, channel_id) = (body.user_id.parse()?, body.channel_id.parse()?);
    let message_id = hub.with(|inner, now_ms| {
        inner
            .world
            .post_as_member(user_id, channel_id, &body.content, now_ms)
    })?;
    Ok(Json(json!({ "message_id": message_id })))
}

#[derive(Deserialize)]
struct UploadQuery {
    user_id: String,
    filename: String,
}

/// Receives a file for an option of a command; the body is the file itself.
async fn upload(
    State(hub): State<Arc<Hub>>,
    Query(query): Query<UploadQuery>,
    headers: HeaderMap,
    body: Body,
) -> Answer {
    let user_id = query.user_id.parse()?;
    let max = usize::try_from(ATTACHMENT_BYTES_MAX).unwrap_or(usize::MAX);
    let bytes = to_bytes(body, max)
        .await
        .map_err(|_| Refusal(StatusCode::PAYLOAD_TOO_LARGE, world::too_large()))?;
    let media_type = headers.get(header::CONTENT_TYPE);
    let file = File {
        placeholder: AttachmentId::default(),
        filename: safe_name(&query.filename),
        content_type: media_type.and_then(|v| v.to_str().ok()).map(str::to_owned),
        bytes: bytes.into(),
    };
    let attachment = hub.with(|inner, now_ms| inner.world.upload(user_id, &file, now_ms))?;
    Ok(Json(attachment))
}

/// What a server's staff can do; `by` is the member whose permissions apply.
async fn act(State(hub): State<Arc<Hub>>, Json(mut body): Json<Value>) -> Answer {
    let by = body.as_object_mut().and_then(|fields| fields.remove("by"));
    let by = by.map(|by| by.as_str().unwrap_or_default().parse());
    let act: StaffAction = serde_json::from_value(body).map_err(|error| error.to_string())?;
    let by = by.transpose()?;
    hub.with(|inner, now_ms| inner.world.act(by, &act, now_ms))?;
    Ok(Json(json!({})))
}

#[derive(Deserialize)]
struct CrowdBody {
    members: u16,
}

async fn set_crowd(State(hub): State<Arc<Hub>>, Json(body): Json<CrowdBody>) -> Answer {
    crowd::set(&hub, body.members)?;
    Ok(Json(json!({})))
}

async fn faults(State(hub): State<Arc<Hub>>, Json(request): Json<FaultRequest>) -> Answer {
    hub.inject(&request)?;
    Ok(Json(json!({})))
}

/// Sets the endpoint, as in Discord's portal.
async fn set_endpoint(State(hub): State<Arc<Hub>>, Json(body): Json<Value>) -> Answer {
    endpoint::set(&hub, endpoint::read_url(&body)?).await?;
    Ok(Json(json!({})))
}

async fn rejections(State(hub): State<Arc<Hub>>) -> Json<Value> {
    Json(hub.with(|inner, _| json!({ "rejections": inner.world.rejections })))
}

/// Serves an attachment like Discord's CDN, as an image only if that is its type.
async fn file(
    State(hub): State<Arc<Hub>>,
    Path((_place, id, name)): Path<(String, String, String)>,
) -> Response {
    let found = hub.with(|inner, _| {
        let file = inner.world.find_file(id.parse().ok()?, &name)?;
        // Anything else could be a document with scripts.
        let is_image = |name: &&str| {
            matches!(
                *name,
                "image/png" | "image/jpeg" | "image/gif" | "image/webp"
            )
        };
        let media_type = file
            .content_type
            .as_deref()
            .filter(is_image)
            .unwrap_or("application/octet-stream");
        Some((file.bytes.clone(), HeaderValue::from_str(media_type).ok()?))
    });
    match found {
        Some((bytes, media_type)) => ([(header::CONTENT_TYPE, media_type)], bytes).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn socket(State(hub): State<Arc<Hub>>, upgrade: WebSocketUpgrade) -> Response {
    upgrade.on_upgrade(move |socket| serve_page(hub, socket))
}

/// Sends a snapshot, then every event, until the page goes away. A page that falls too far behind
/// is closed: it opens the socket again and gets a new snapshot.
async fn serve_page(hub: Arc<Hub>, mut socket: WebSocket) {
    // Subscribed under the lock, so that no event is missed or sent twice.
    let (snapshot, mut events) = hub.with(|inner, _| {
        let online = inner.sessions.is_online();
        let mut snapshot = inner.world.snapshot(online);
        snapshot["crowd"] = json!(*hub.crowd.borrow());
        (snapshot, hub.pages.subscribe())
    });
    let mut stopping = hub.stopping.subscribe();
    if socket
        .send(Message::Text(snapshot.to_string().into()))
        .await
        .is_err()
    {
        return;
    }
    loop {
        tokio::select! {
            () = hub::stopped(&mut stopping) => return,
            event = events.recv() => match event {
                Ok(text) => {
                    if socket.send(Message::Text(text.as_ref().into())).await.is_err() {
                        return;
                    }
                }
                Err(RecvError::Lagged(_) | RecvError::Closed) => return,
            },
            message = socket.recv() => match message {
                Some(Ok(Message::Close(_)) | Err(_)) | None => return,
                // The socket accepts no commands.
                Some(Ok(_)) => {}
            },
        }
    }
}
