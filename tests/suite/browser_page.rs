//! The sandbox's page as people use it: commands typed in one line, drafts that stay, a drawer that
//! can be closed, and no errors in the browser's console. Needs Chromium and its driver.

use crate::browser::{Browser, type_command};
use discord_sandbox::Sandbox;
use fantoccini::Locator;
use fantoccini::key::Key;
use heat_check::bot;
use serde_json::{Value, json};
use tokio::task::JoinHandle;

/// A browser on the page of a sandbox with the bot.
struct Visit {
    browser: Browser,
    sandbox: Sandbox,
    bot: JoinHandle<Result<(), bot::BotError>>,
}

impl Visit {
    async fn begin() -> Self {
        let browser = Browser::start().await;
        let (sandbox, bot) = browser.visit().await;
        Self {
            browser,
            sandbox,
            bot,
        }
    }

    /// Waits for a message that contains this.
    async fn reads(&self, text: &str) {
        let message = format!("//*[@data-testid='message'][contains(., '{text}')]");
        self.browser.wait_for(Locator::XPath(&message)).await;
    }

    /// What a script returns.
    async fn look(&self, script: &str) -> Value {
        self.browser.page.execute(script, Vec::new()).await.unwrap()
    }

    /// Types into the line at the bottom, without sending.
    async fn type_line(&self, keys: &str) {
        let composer = self.browser.find("[data-testid=composer]").await;
        composer.send_keys(keys).await.unwrap();
    }

    /// Types where the focus is.
    async fn type_on(&self, keys: &str) {
        let focused = self.browser.page.active_element().await.unwrap();
        focused.send_keys(keys).await.unwrap();
    }

    async fn act_as(&self, member: &str) {
        self.browser
            .press(&format!("[data-testid=member-{member}]"))
            .await;
        let current = format!("[data-testid=member-{member}].current");
        self.browser.find(&current).await;
    }

    /// New messages in the browser's console.
    async fn console(&self) -> Vec<Value> {
        let session = self.browser.page.session_id().await.unwrap().unwrap();
        let url = format!("{}/session/{session}/se/log", self.browser.driver_url);
        let asked = reqwest::Client::new()
            .post(url)
            .header("content-type", "application/json")
            .body(json!({ "type": "browser" }).to_string())
            .send();
        let answer: Value =
            serde_json::from_str(&asked.await.unwrap().text().await.unwrap()).unwrap();
        answer["value"].as_array().expect("a log").clone()
    }

    async fn end(self) {
        let refused = self.sandbox.rejections();
        assert!(refused.is_empty(), "{refused:#?}");
        assert_eq!(self.console().await, Vec::<Value>::new());
        self.browser.page.clone().close().await.unwrap();
        self.bot.abort();
        self.sandbox.stop().await;
    }
}

fn enter() -> String {
    char::from(Key::Enter).to_string()
}

#[ignore = "needs Chromium and chromedriver"]
#[tokio::test(flavor = "multi_thread")]
async fn a_command_is_typed_in_one_line() {
    let visit = Visit::begin().await;
    // By a choice's label, in the middle and at the end of the line, and by an option's name.
    type_command(
        &visit.browser,
        "quiz mode:Race rounds:1 seconds:5 pack:heat-2",
    )
    .await;
    visit.reads("Race: Heat 2").await;
    visit.browser.find("[data-custom-id^='stop:']").await;
    visit
        .browser
        .press("[data-custom-id^='stop:']:not([disabled])")
        .await;
    visit.browser.find("[data-custom-id^='again:']").await;
    type_command(&visit.browser, "quiz rounds:1 mode:ladder").await;
    // The list offers the label; the second Enter sends the line.
    visit.type_on(&enter()).await;
    visit.reads("One film per question").await;
    type_command(&visit.browser, "cast name:Vincent Hanna").await;
    visit.reads("Scott Plank").await;
    let text = visit.browser.text().await;
    assert!(!text.contains("name:Vincent"), "{text}");
    visit.end().await;
}

#[ignore = "needs Chromium and chromedriver"]
#[tokio::test(flavor = "multi_thread")]
async fn a_draft_stays_and_a_drawer_can_be_closed() {
    let visit = Visit::begin().await;
    visit.type_line("/").await;
    visit.browser.find("[data-testid=command-quiz]").await;
    visit.type_line("quiz rounds:7").await;
    visit.act_as("foley").await;
    let rounds = "return document.querySelector('[data-testid=option-rounds]')?.value ?? null";
    assert_eq!(visit.look(rounds).await, json!("7"));
    visit.type_on(&char::from(Key::Escape).to_string()).await;
    let line = "return document.querySelector('[data-testid=composer]').value";
    while visit.look(rounds).await != Value::Null {
        visit.browser.press("[data-testid=composer]").await;
        visit.type_on(&char::from(Key::Escape).to_string()).await;
    }
    visit.type_line("see you at eight").await;
    visit.act_as("gaffer").await;
    assert_eq!(visit.look(line).await, json!("see you at eight"));

    // The button that opened the drawer is not covered by anything.
    visit.browser.press("#rejections-toggle").await;
    visit.browser.find("#rejections:not([hidden])").await;
    let on_top = "const box = document.querySelector('#rejections-toggle').getBoundingClientRect();
        const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
        return Boolean(top?.closest('#rejections-toggle'));";
    for width in [1280, 1000, 390] {
        visit
            .browser
            .page
            .set_window_size(width, 800)
            .await
            .unwrap();
        assert_eq!(visit.look(on_top).await, json!(true), "{width} wide");
    }
    visit.browser.page.set_window_size(1280, 860).await.unwrap();
    visit.browser.press("#rejections-toggle").await;
    let is_closed = "return document.querySelector('#rejections').hidden";
    assert_eq!(visit.look(is_closed).await, json!(true));
    visit.end().await;
}

#[ignore = "needs Chromium and chromedriver"]
#[tokio::test(flavor = "multi_thread")]
async fn members_see_their_commands_and_the_crowd_fills_a_board() {
    let visit = Visit::begin().await;
    let offered = "return [...document.querySelectorAll('[data-testid^=command-]')].map((line) => line.dataset.testid)";
    for (member, is_manager) in [("gaffer", true), ("foley", false)] {
        visit.act_as(member).await;
        visit.type_line("/").await;
        visit.browser.find("[data-testid=command-quiz]").await;
        let offered = visit.look(offered).await;
        let has = |name: &str| offered.to_string().contains(&format!("\"command-{name}"));
        assert_eq!(has("schedule-"), is_manager, "{member}: {offered}");
        assert!(has("leaderboard") && has("help"), "{member}: {offered}");
        visit
            .type_line(&char::from(Key::Backspace).to_string())
            .await;
    }
    visit.browser.press("[data-testid=crowd-40]").await;
    type_command(&visit.browser, "quiz rounds:3 seconds:10 pack:heat-2").await;
    let over = Locator::Css("[data-custom-id^='again:']");
    let wait = visit.browser.page.wait().at_most(crate::common::DEADLINE);
    wait.for_element(over).await.unwrap();
    type_command(&visit.browser, "leaderboard ").await;
    let next = "//button[@data-testid='component'][contains(., 'Lower ranks')]";
    let next = visit.browser.wait_for(Locator::XPath(next)).await;
    next.click().await.unwrap();
    visit.reads("page 2 of").await;
    visit.browser.screenshot("7-second-page").await;
    visit.end().await;
}
