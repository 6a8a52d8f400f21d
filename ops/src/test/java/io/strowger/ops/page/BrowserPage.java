package io.strowger.ops.page;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * A page in a {@link Browser}, and what went wrong in it.
 */
final class BrowserPage implements AutoCloseable {
    /** For so long a condition is waited for. */
    private static final long MOST_NS = 40_000_000_000L;
    private static final long LOOK_NS = 20_000_000L;

    private final Browser browser;
    private final String session;
    private final String target;
    private final ConcurrentLinkedQueue<String> faults = new ConcurrentLinkedQueue<>();

    BrowserPage(final Browser browser, final String session, final String target) {
        this.browser = browser;
        this.session = session;
        this.target = target;
    }

    void begin() {
        call("Page.enable", new JsonObject());
        call("Runtime.enable", new JsonObject());
        call("Log.enable", new JsonObject());
    }

    /** A script's exception, or what the browser has forbidden. */
    void note(final String method, final JsonObject parameters) {
        if ("Runtime.exceptionThrown".equals(method)) {
            faults.add(parameters.getJsonObject("exceptionDetails").encode());
        } else if ("Log.entryAdded".equals(method) && "security".equals(parameters.getJsonObject("entry").getString("source"))) {
            faults.add(parameters.getJsonObject("entry").getString("text"));
        }
    }

    /** What its scripts have thrown, and what it was not let do. */
    List<String> faults() {
        return List.copyOf(faults);
    }

    void open(final String url) {
        call("Page.navigate", new JsonObject().put("url", url));
        await("document.readyState === 'complete' && location.href === '" + url + "'");
    }

    JsonObject call(final String method, final JsonObject parameters) {
        return browser.call(session, method, parameters);
    }

    /** Shows it as a device of this size does. */
    void size(final int width, final int height, final boolean isPhone) {
        call("Emulation.setDeviceMetricsOverride", new JsonObject().put("width", width).put("height", height)
            .put("deviceScaleFactor", isPhone ? 2 : 1).put("mobile", isPhone));
    }

    /** What an expression is in it. */
    Object eval(final String expression) {
        final JsonObject answer = call("Runtime.evaluate",
            new JsonObject().put("expression", expression).put("returnByValue", true).put("awaitPromise", true));
        if (answer.containsKey("exceptionDetails")) {
            throw new AssertionError(expression + ": " + answer.getJsonObject("exceptionDetails").encode());
        }
        return answer.getJsonObject("result").getValue("value");
    }

    String text(final String id) {
        return (String)eval("document.getElementById('" + id + "').textContent");
    }

    /** The rows of a table: the key, then the text of each cell that is asked for, without what stands below it. */
    List<String> rows(final String table, final String columns) {
        final JsonArray rows = (JsonArray)eval("[...document.querySelectorAll('#" + table + " tbody tr[data-key]')].map(row => "
            + "[row.dataset.key, ..." + columns + ".map(i => row.cells[i].firstElementChild.textContent)].join(' | '))");
        return rows.stream().map(String.class::cast).toList();
    }

    /** Waits until a condition in it is so; of what is not there yet it is not. */
    void await(final String condition) {
        await(() -> Boolean.TRUE.equals(eval("(() => { try { return " + condition + "; } catch { return false; } })()")),
            () -> condition + ", on a page that shows: " + eval("document.body.innerText"));
    }

    /** Waits until a condition is so, at most 40 seconds. */
    static void await(final BooleanSupplier condition, final Supplier<String> what) {
        final long untilNs = System.nanoTime() + MOST_NS;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > untilNs) {
                throw new AssertionError("not within 40 seconds: " + what.get());
            }
            LockSupport.parkNanos(LOOK_NS);
        }
    }

    /** Types into a field. */
    void type(final String id, final String text) {
        eval("document.getElementById('" + id + "').focus(), document.getElementById('" + id + "').select()");
        call("Input.insertText", new JsonObject().put("text", text));
    }

    /** Types into a field, and enters it. */
    void enter(final String id, final String text) {
        type(id, text);
        for (final String type : List.of("keyDown", "keyUp")) {
            call("Input.dispatchKeyEvent", new JsonObject().put("type", type).put("key", "Enter").put("code", "Enter")
                .put("windowsVirtualKeyCode", 13).put("text", "keyDown".equals(type) ? "\r" : ""));
        }
    }

    @Override
    public void close() {
        browser.call(null, "Target.closeTarget", new JsonObject().put("targetId", target));
    }
}
