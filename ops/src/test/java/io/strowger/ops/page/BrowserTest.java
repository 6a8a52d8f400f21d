package io.strowger.ops.page;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Tests that share one browser. */
abstract class BrowserTest {
    private static Browser browser;

    @BeforeAll
    static void startBrowser() throws Exception {
        browser = Browser.start();
    }

    @AfterAll
    static void closeBrowser() {
        if (null != browser) {
            browser.close();
        }
    }

    /** A page of it that is empty. */
    static BrowserPage page() {
        return browser.page();
    }
}
