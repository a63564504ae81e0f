//! A member in a real browser plays a quiz to its end on the sandbox's page, using only what the
//! page shows. Needs Chromium and its driver (Debian: `chromium`, `chromium-driver`), so it is
//! marked ignored.
//!
//! Screenshots are left in `target/screenshots/`.

use discord_sandbox::{Options, Sandbox};
use fantoccini::key::Key;
use fantoccini::{Client, ClientBuilder, Locator};
use heat_check::bot;
use serde_json::{Value, json};
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};
use tokio::task::JoinHandle;

/// How long the page may take to show something.
const PATIENCE: Duration = Duration::from_secs(20);

/// A browser that ends with the test.
pub struct Browser {
    pub page: Client,
    /// The address of its driver.
    pub driver_url: String,
    driver: Child,
    _profile: tempfile::TempDir,
}

impl Drop for Browser {
    /// Stops the driver and everything it started, even if the test failed.
    fn drop(&mut self) {
        if let Some(group) = self.driver.id() {
            let _ = std::process::Command::new("kill")
                .args(["-KILL", "--", &format!("-{group}")])
                .status();
        }
    }
}

impl Browser {
    pub async fn start() -> Self {
        let mut driver = Command::new("chromedriver")
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .process_group(0)
            .spawn()
            .expect("this test needs chromedriver (Debian: apt install chromium-driver)");
        let port = port_of(&mut driver).await;
        let driver_url = format!("http://127.0.0.1:{port}");
        let profile = tempfile::tempdir().unwrap();
        let page = ClientBuilder::new(hyper_util::client::legacy::connect::HttpConnector::new())
            .capabilities(capabilities(profile.path()))
            .connect(&driver_url)
            .await
            .unwrap();
        Self {
            page,
            driver_url,
            driver,
            _profile: profile,
        }
    }

    /// Starts a sandbox with the bot, and opens its page.
    pub async fn visit(&self) -> (Sandbox, JoinHandle<Result<(), bot::BotError>>) {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        let sandbox = Sandbox::start(Options::new(address, "test-token"))
            .await
            .unwrap();
        let options = bot::Options {
            api_url: Some(sandbox.url()),
            ..bot::Options::new(sandbox.token(), "sqlite::memory:")
        };
        let bot = tokio::spawn(bot::run(options, std::future::pending()));
        self.page.goto(&sandbox.url()).await.unwrap();
        self.find("[data-testid=composer]").await;
        (sandbox, bot)
    }

    pub async fn find(&self, css: &str) -> fantoccini::elements::Element {
        self.wait_for(Locator::Css(css)).await
    }

    /// Waits until the page shows it; takes a screenshot if it never does.
    pub async fn wait_for(&self, what: Locator<'_>) -> fantoccini::elements::Element {
        let wait = self.page.wait().at_most(PATIENCE);
        match wait.for_element(what).await {
            Ok(element) => element,
            Err(error) => {
                self.screenshot("failed").await;
                panic!("{what:?} did not appear: {error}; see target/screenshots/failed.png")
            }
        }
    }

    pub async fn press(&self, css: &str) {
        self.find(css).await.click().await.unwrap();
    }

    pub async fn screenshot(&self, name: &str) {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/screenshots");
        std::fs::create_dir_all(&folder).unwrap();
        let picture = self.page.screenshot().await.unwrap();
        std::fs::write(folder.join(format!("{name}.png")), picture).unwrap();
    }

    pub async fn text(&self) -> String {
        let body = self.page.find(Locator::Css("body")).await.unwrap();
        body.text().await.unwrap()
    }
}

/// The port the driver reports.
async fn port_of(driver: &mut Child) -> String {
    let mut lines = BufReader::new(driver.stdout.take().unwrap()).lines();
    while let Some(line) = lines.next_line().await.unwrap() {
        if let Some((_, port)) = line.split_once("started successfully on port ") {
            // The driver keeps writing; drain it.
            tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
            return port.trim_end_matches('.').to_owned();
        }
    }
    panic!("chromedriver ended without saying its port");
}

fn capabilities(profile: &Path) -> serde_json::Map<String, Value> {
    let arguments = [
        "--headless=new".to_owned(),
        "--no-sandbox".to_owned(),
        "--disable-gpu".to_owned(),
        "--disable-quic".to_owned(),
        "--no-first-run".to_owned(),
        "--disable-background-networking".to_owned(),
        "--disable-component-update".to_owned(),
        "--disable-sync".to_owned(),
        "--window-size=1280,860".to_owned(),
        format!("--user-data-dir={}", profile.display()),
    ];
    let capabilities = json!({
        "goog:chromeOptions": { "args": arguments },
        "goog:loggingPrefs": { "browser": "ALL" },
    });
    capabilities.as_object().unwrap().clone()
}

#[ignore = "needs Chromium and chromedriver"]
#[tokio::test(flavor = "multi_thread")]
async fn a_quiz_is_played_to_its_end_in_a_browser() {
    let browser = Browser::start().await;
    let (sandbox, bot) = browser.visit().await;
    browser.screenshot("1-first-sight").await;

    play(&browser).await;
    see_the_card(&browser).await;
    add_a_pack(&browser).await;
    look_up(&browser).await;
    on_a_phone(&browser).await;

    let refused = browser
        .find("[data-testid=rejections-count]")
        .await
        .text()
        .await
        .unwrap();
    assert!(refused.starts_with('0'), "{refused}");
    assert!(
        sandbox.rejections().is_empty(),
        "{:#?}",
        sandbox.rejections()
    );
    browser.page.clone().close().await.unwrap();
    bot.abort();
    sandbox.stop().await;
}

/// Types a command (without its slash) and sends it.
pub async fn type_command(browser: &Browser, typed: &str) {
    let composer = browser.find("[data-testid=composer]").await;
    composer.send_keys("/").await.unwrap();
    // The bot may still be connecting.
    browser.find("[data-testid=command-quiz]").await;
    composer.send_keys(typed).await.unwrap();
    composer
        .send_keys(&char::from(Key::Enter).to_string())
        .await
        .unwrap();
}

async fn play(browser: &Browser) {
    type_command(browser, "quiz rounds:2 seconds:5 pack:heat-2").await;
    for number in 1..=2 {
        let choice = format!(
            "[data-custom-id^='q:'][data-custom-id$=':{}:1']:not([disabled])",
            number - 1
        );
        browser.find(&choice).await;
        browser.screenshot(&format!("2-question-{number}")).await;
        browser.press(&choice).await;
        let revealed = format!(
            "[data-custom-id^='q:'][data-custom-id$=':{}:1'][disabled]",
            number - 1
        );
        browser.find(&revealed).await;
        browser.screenshot(&format!("3-reveal-{number}")).await;
        let text = browser.text().await;
        assert!(text.contains("Locked in: B"), "{text}");
        assert!(text.contains("Why") && text.contains("Source:"), "{text}");
    }
    browser.press("[data-custom-id^='again:']").await;
    browser.screenshot("4-scoreboard").await;
    let text = browser.text().await;
    assert!(
        text.contains("Final scores") && text.contains("of 2 right"),
        "{text}"
    );
    // The new game's question has the only button to stop that is left.
    browser
        .press("[data-custom-id^='stop:']:not([disabled])")
        .await;
}

/// The card is under the text, and has a description.
async fn see_the_card(browser: &Browser) {
    type_command(browser, "stats ").await;
    browser.find("img[alt^='Stats card of Gaffer: ']").await;
    let is_drawn =
        "return document.querySelector(\"img[alt^='Stats card']\").naturalWidth === 1000";
    while browser.page.execute(is_drawn, Vec::new()).await.unwrap() != json!(true) {}
    browser.screenshot("4-stats").await;
}

/// A command takes a pack as a file: first a faulty one, then a valid one.
async fn add_a_pack(browser: &Browser) {
    let folder = tempfile::tempdir().unwrap();
    let pack = r#"{"id":"our-quiz","title":"Our quiz","description":"What only we know.",
        "questions":[{"id":"our-quiz-1","prompt":"Which of us has seen Heat most often?",
        "answer":"Robin","distractors":["Kim","Sascha","Toni"],"reason":"Eleven tickets."}]}"#;
    for (name, text, shown) in [
        (
            "broken.json",
            pack.replace("Kim", "Robin"),
            "This pack cannot be stored",
        ),
        ("our-quiz.json", pack.to_owned(), "New pack: Our quiz"),
    ] {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        let composer = browser.find("[data-testid=composer]").await;
        composer.send_keys("/packs add ").await.unwrap();
        let chooser = Locator::Css("[data-testid=option-file-file]");
        let wait = browser.page.wait().at_most(PATIENCE);
        let chooser = wait.for_element(chooser).await.unwrap();
        chooser.send_keys(path.to_str().unwrap()).await.unwrap();
        browser.screenshot(&format!("5-chosen-{name}")).await;
        let enter = char::from(Key::Enter).to_string();
        composer.send_keys(&enter).await.unwrap();
        let message = format!("//*[@data-testid='message'][contains(., '{shown}')]");
        browser.wait_for(Locator::XPath(&message)).await;
        browser.screenshot(&format!("5-added-{name}")).await;
    }
    browser.press("[data-custom-id^='pack']").await;
    let stored = "//*[@data-testid='message'][contains(., '1 question can be played here now')]";
    browser.wait_for(Locator::XPath(stored)).await;
}

async fn look_up(browser: &Browser) {
    browser.press("[data-testid=theme-toggle]").await;
    type_command(browser, "cast Vincent Hanna").await;
    let shown = "//*[@data-testid='message'][contains(., 'Scott Plank')]";
    browser.wait_for(Locator::XPath(shown)).await;
    let text = browser.text().await;
    assert!(
        text.contains("Al Pacino") && text.contains("Christian Bale"),
        "{text}"
    );
    browser.screenshot("5-cast").await;
}

async fn on_a_phone(browser: &Browser) {
    browser.page.set_window_size(390, 800).await.unwrap();
    let settled = "return document.getAnimations().length === 0";
    while browser.page.execute(settled, Vec::new()).await.unwrap() != json!(true) {}
    let wide = browser
        .page
        .execute(
            "return document.documentElement.scrollWidth > window.innerWidth",
            Vec::new(),
        )
        .await
        .unwrap();
    browser.screenshot("6-phone").await;
    assert_eq!(wide, json!(false), "nothing stands out sideways");
}
