package io.strowger.codecs.actionurl;

import io.strowger.codecs.SignalLayout;
import java.nio.charset.StandardCharsets;

/**
 * What a translator must know about the device that sends: all this comes with the device's credential, never with a request.
 *
 * @param source        the number that the router gave to the device as a source.
 * @param tenant        the tenant that all facts of the source belong to.
 * @param user          whose device it is, 1 to 160 bytes in UTF-8.
 * @param device        its name, 1 to 120 bytes in UTF-8.
 * @param template      how its maker's phones tell what happens.
 * @param maxBodyLength longest body of a request in bytes that is translated, from 512.
 */
public record ActionUrlSettings(int source, int tenant, String user, String device, ActionUrlTemplate template, int maxBodyLength) {
    /** Longest name of a device in bytes: an id of a call is made of it. */
    public static final int MAX_DEVICE_LENGTH = 120;

    /** Longest body in bytes where nothing else is said. */
    public static final int DEFAULT_MAX_BODY_LENGTH = 16 * 1024;

    private static final int SMALLEST_MAX_BODY_LENGTH = 512;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException when a value is out of its range.
     */
    public ActionUrlSettings {
        check("user", user, SignalLayout.MAX_NATIVE_ID_LENGTH);
        check("device", device, MAX_DEVICE_LENGTH);
        if (template == null) {
            throw new IllegalArgumentException("a template is needed");
        }
        if (maxBodyLength < SMALLEST_MAX_BODY_LENGTH) {
            throw new IllegalArgumentException("maxBodyLength is " + maxBodyLength + ", must be from " + SMALLEST_MAX_BODY_LENGTH);
        }
    }

    /**
     * Settings with the default of everything else.
     *
     * @return for bodies up to 16 KiB.
     */
    public static ActionUrlSettings of(
        final int source, final int tenant, final String user, final String device, final ActionUrlTemplate template) {
        return new ActionUrlSettings(source, tenant, user, device, template, DEFAULT_MAX_BODY_LENGTH);
    }

    private static void check(final String what, final String value, final int longest) {
        if (value.isBlank() || value.getBytes(StandardCharsets.UTF_8).length > longest) {
            throw new IllegalArgumentException(what + " must have 1 to " + longest + " bytes: " + value);
        }
    }
}
