package io.strowger.ops.config.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.strowger.ops.Run;
import io.strowger.ops.connector.ActionOptions;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a configuration says of how actions become commands. */
class ActionsCheckTest {
    private static final String AMI = "  - {name: NAME, tenant: 1, dialect: ami, connect: {address: \"h:1\", login: {user: u, secret: s},"
        + " commands: true, actions: {OPTIONS}}}\n";
    private static final String ESL = "  - {name: NAME, tenant: 1, dialect: esl, connect: {address: \"h:1\", login: {secret: s},"
        + " commands: true, actions: {OPTIONS}}}\n";

    @TempDir
    private Path folder;

    @Test
    void shouldKnowEveryOptionOfBothDialects() throws Exception {
        try (InputStream in = ConfigReader.schemaFile()) {
            final JsonNode options = new JsonMapper().readTree(in)
                .at("/properties/sources/items/properties/connect/properties/actions/properties");
            final Set<String> known = new TreeSet<>(ActionOptions.AMI.names());
            known.addAll(ActionOptions.ESL.names());
            final Set<String> said = new TreeSet<>();
            options.fieldNames().forEachRemaining(said::add);
            assertEquals(known, said);
        }
    }

    @Test
    void shouldTakeTextsNumbersAndSwitches() throws Exception {
        final Map<String, String> said = ConfigReader.read(write(AMI.replace("OPTIONS",
            "context: office, ringTimeout: 20, membership: static, answersByNotify: false, parkNumber: \"700\", trunk: \"a/{number}\"")))
            .sources().get(0).connect().actions();
        assertEquals(Map.of("context", "office", "ringTimeout", "20", "membership", "static", "answersByNotify", "false", "parkNumber",
            "700", "trunk", "a/{number}"), said);
    }

    @Test
    void shouldNameLineAndKeyOfEachOptionThatCannotBe() throws Exception {
        final String template = "a template has {%s} once, no other word in braces and no space, in at most 120 signs of ASCII: ";
        final String word = "can't be \"%s\": in it stand letters, digits and - . _, at its beginning letters, digits and _";
        final List<String> said = complaints(AMI.replace("OPTIONS", "domain: a.example, queue: \"{group}@q\", context: \"a b\""),
            ESL.replace("OPTIONS", "membership: static, parkingLot: x, domain: \"a@b\""),
            AMI.replace("OPTIONS", "trunk: PJSIP/carrier, device: \"PJSIP/{user}@{host}\", parkNumber: \"7 0\""),
            ESL.replace("OPTIONS", "ringTimeout: 30000, ringtimeout: 30, faxFolder: \"\", agent: 7"),
            AMI.replace("OPTIONS", "membership: both, answersByNotify: 1, recordingFolder: \"%s\"").formatted("a".repeat(121)));
        assertEquals(List.of(
            "4: sources[0].connect.actions.domain: is of dialect esl alone",
            "4: sources[0].connect.actions.queue: is of dialect esl alone",
            "4: sources[0].connect.actions.context: " + word.formatted("a b"),
            "5: sources[1].connect.actions.membership: is of dialect ami alone",
            "5: sources[1].connect.actions.parkingLot: is of dialect ami alone",
            "5: sources[1].connect.actions.domain: " + word.formatted("a@b"),
            "6: sources[2].connect.actions.trunk: " + template.formatted("number") + "PJSIP/carrier",
            "6: sources[2].connect.actions.device: " + template.formatted("user") + "PJSIP/{user}@{host}",
            "6: sources[2].connect.actions.parkNumber: can't be \"7 0\": in it stand letters, digits and # * + - . _, at its beginning"
                + " letters, digits and # * + _",
            "7: sources[3].connect.actions.ringtimeout: there is no such key",
            "7: sources[3].connect.actions.ringTimeout: must have a maximum value of 3600",
            "7: sources[3].connect.actions.agent: integer found, string expected",
            "7: sources[3].connect.actions.faxFolder: is empty",
            "8: sources[4].connect.actions.membership: does not have a value in the enumeration",
            "8: sources[4].connect.actions.answersByNotify: integer found, boolean expected",
            "8: sources[4].connect.actions.recordingFolder: is longer than 120 bytes").stream().sorted().toList(),
            said.stream().map(line -> line.replaceAll("(does not have a value in the enumeration).*", "$1")).sorted().toList());
    }

    @Test
    void shouldWantCommandsWhereActionsAreSaid() throws Exception {
        assertEquals(List.of(
            "4: sources[0].connect.actions: needs commands: true",
            "5: sources[1].connect.commands: string found, boolean expected",
            "6: sources[2].connect.actions: evapi takes no commands",
            "7: sources[3].connect.actions: needs domain: no user is of ::1",
            "9: sources[5].connect.actions: array found, object expected"),
            complaints(AMI.replace(" commands: true,", "").replace("OPTIONS", "context: office"),
                ESL.replace("commands: true", "commands: please").replace("OPTIONS", "context: office"),
                "  - {name: k, tenant: 1, dialect: kamailio, connect: {address: \"h:1\", actions: {context: office}}}\n",
                ESL.replace("h:1", "[::1]:1").replace("OPTIONS", ""),
                ESL.replace("h:1", "[::1]:1").replace("OPTIONS", "domain: pbx.example"),
                AMI.replace("{OPTIONS}", "[context]")));
    }

    /** Each would end the line that it is written into, and begin one of its own. */
    @Test
    void shouldLetNoLineEndIntoACommandOrALogin() throws Exception {
        final List<String> options = List.of("context", "parkingLot", "forwardFamily", "recordingFolder", "recordingFormat", "faxFolder",
            "parkNumber", "device", "trunk", "messageTo", "messageFrom");
        final String[] sources = options.stream()
            .map(name -> AMI.replace("OPTIONS", name + ": \"a{user}{number}\\r\\nAction: Reboot\"")).toArray(String[]::new);
        final List<String> said = complaints(sources);
        assertEquals(options, said.stream().map(line -> line.replaceAll(".*actions\\.([A-Za-z]+): .*", "$1")).toList());
        assertEquals(List.of(), said.stream().filter(line -> line.chars().anyMatch(Character::isISOControl)).toList());
        Files.writeString(folder.resolve("secret"), "a\u0000b\n");
        final String why = "has a line end or another control character";
        assertEquals(List.of("4: sources[0].connect.login.user: " + why, "5: sources[1].connect.login.secret: " + why,
            "6: sources[2].connect.login.secretFile: " + why), complaints(
            AMI.replace("user: u", "user: \"u\\r\\nAction: Reboot\"").replace("OPTIONS", ""),
            ESL.replace("secret: s", "secret: \"s\\n\\nexit\"").replace("OPTIONS", ""),
            ESL.replace("secret: s", "secretFile: secret").replace("OPTIONS", "")));
    }

    /** A connector counts bytes, and none would start. */
    @Test
    void shouldCountTheBytesOfASourcesName() throws Exception {
        assertEquals(List.of("4: sources[0].name: is longer than 160 bytes"), complaints(
            AMI.replace("NAME", "ü".repeat(81)).replace("OPTIONS", ""), ESL.replace("NAME", "ü".repeat(80)).replace("OPTIONS", "")));
    }

    @Test
    void shouldSayTheSameAtTheStart() throws Exception {
        final List<String> said = complaints(AMI.replace("OPTIONS", "domain: a.example, context: \"a b\""));
        final String file = folder.resolve("server.yaml").toString();
        final Run check = Run.of("config", "check", file);
        final Run serve = Run.of("serve", "--config", file);
        assertEquals("1 2", check.exitCode() + " " + serve.exitCode());
        assertEquals(said.stream().map(line -> file + ":" + line).toList(), check.err().lines().toList());
        assertEquals(said.stream().map(line -> "strowger serve: " + file + ":" + line).toList(), serve.err().lines().toList());
    }

    private Path write(final String... sources) throws Exception {
        final StringBuilder yaml = new StringBuilder("journal: {directory: journal}\nlisten: {http: {port: 0}}\nsources:\n");
        Arrays.stream(sources).forEach(source -> yaml.append(source.replace("NAME", "s" + yaml.length())));
        return Files.writeString(folder.resolve("server.yaml"), yaml);
    }

    private List<String> complaints(final String... sources) throws Exception {
        final Path file = write(sources);
        final ConfigException thrown = assertThrows(ConfigException.class, () -> ConfigReader.read(file));
        assertTrue(thrown.complaints().stream().allMatch(line -> line.startsWith(file + ":")), thrown.getMessage());
        return thrown.complaints().stream().map(line -> line.substring(file.toString().length() + 1)).toList();
    }
}
