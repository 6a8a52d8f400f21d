package io.strowger.ops.config.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.strowger.codecs.sbe.ActionKind;
import io.strowger.ops.config.AcceptConfig;
import io.strowger.ops.config.ActConfig;
import io.strowger.ops.config.ApplicationConfig;
import io.strowger.ops.config.ConnectConfig;
import io.strowger.ops.config.LimitsConfig;
import io.strowger.ops.config.ListenerConfig;
import io.strowger.ops.config.LoginConfig;
import io.strowger.ops.config.PopUpConfig;
import io.strowger.ops.config.ReadConfig;
import io.strowger.ops.config.RouterConfig;
import io.strowger.ops.config.ServerConfig;
import io.strowger.ops.config.SourceConfig;
import io.strowger.ops.config.SourceDialect;
import io.strowger.ops.config.TokenConfig;
import io.strowger.router.ThreadingMode;
import io.strowger.router.journal.Durability;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigReaderTest {
    private static final String HASH = "a".repeat(64);

    @TempDir
    private Path folder;

    @Test
    void shouldTakeEveryKeyWhenAllAreThere() throws Exception {
        final Path secret = Files.writeString(folder.resolve("secret"), "s3cret\nsecond line\n");
        final Pem pem = Pem.of(folder, "server", "EC");
        final ServerConfig config = read("""
            journal: {directory: /var/lib/strowger, durability: durable}
            router: {threads: split, sessions: 1000, users: 200, groups: 30, sources: 1006, actions: 50, actionKeepMinutes: 60}
            listen:
              http: {host: 0.0.0.0, port: 8443, tls: {certificate: CERT, key: KEY, authorities: CERT}}
              sbe: {port: 7090}
              sources: {port: 7091, tls: {certificate: CERT, key: KEY, authorities: CERT}}
              sourcesHttp: {host: 0.0.0.0, port: 7092, plainOutsideLoopback: true}
            sources:
              - name: pbx-1
                tenant: 2
                dialect: ami
                connect: {address: "[::1]:5038", login: {user: me, secretFile: SECRET}, commands: true, actions: {trunk: "a/{number}"}}
              - name: fs-1
                tenant: 1
                dialect: esl
                connect: {address: "10.0.0.5:8021", login: {secret: ClueCon}, tls: {authorities: CERT}}
              - {name: sip, tenant: 1, dialect: kamailio, connect: {address: "proxy.example:8448"}}
              - {name: switch, tenant: 1, dialect: sbe, accept: {certificate: switch.example, window: 4096}}
              - {name: phones, tenant: 1, dialect: action-url, accept: {tokens: [{sha256: OTHER}], coveredBy: fs-1}}
              - {name: demo, tenant: 1, dialect: demo}
            applications:
              - id: crm
                tenant: 2
                tokens: [{sha256: HASH, expires: "2027-01-01T00:00:00Z"}]
                read: {users: "1*", groups: ""}
                act: {actions: [hang-up, send-sms], users: "1*", groups: ""}
                operate: true
                limits: {streams: 5, requestsPerSecond: 6, actionsPerSecond: 7}
            popUps: [{tenant: 2, users: "1*", url: "https://crm.example/?caller={remoteParty}"}]
            """.replace("SECRET", secret.toString()).replace("CERT", pem.certificate().toString())
            .replace("KEY", "server.key"));
        assertEquals(Durability.DURABLE, config.journal().durability());
        assertEquals(new RouterConfig(ThreadingMode.SPLIT, 1000, 200, 30, 1006, 50, 60), config.router());
        assertEquals(8443, config.listen().http().port());
        assertEquals(new ListenerConfig("127.0.0.1", 7090, null, false), config.listen().sbe());
        assertTrue(config.listen().sources().isMutual() && config.listen().sourcesHttp().plainOutsideLoopback());
        final SourceConfig pbx = config.sources().get(0);
        final ConnectConfig way = pbx.connect();
        assertEquals("::1 5038 2 true", way.host() + " " + way.port() + " " + pbx.tenant() + " " + way.commands());
        assertEquals("s3cret", way.login().password());
        assertEquals(Map.of("trunk", "a/{number}"), way.actions());
        assertEquals(Map.of(), config.sources().get(1).connect().actions());
        assertEquals("ClueCon", config.sources().get(1).connect().login().password());
        assertEquals("proxy.example", config.sources().get(2).connect().host());
        assertEquals(List.of("pbx-1", "fs-1", "sip"), config.connected().stream().map(SourceConfig::name).toList());
        assertEquals(new AcceptConfig(List.of(), "switch.example", null, 4096), config.accepted(SourceDialect.SBE).get(0).accept());
        assertEquals(new AcceptConfig(List.of(new TokenConfig("b".repeat(64), null)), null, "fs-1", null),
            config.accepted(SourceDialect.ACTION_URL).get(0).accept());
        assertEquals(List.of(new PopUpConfig(2, "1*", "https://crm.example/?caller={remoteParty}")), config.popUps());
        final ApplicationConfig crm = config.applications().get(0);
        assertEquals(List.of(new TokenConfig(HASH, Instant.parse("2027-01-01T00:00:00Z"))), crm.tokens());
        assertEquals(new ReadConfig("1*", ""), crm.read());
        assertEquals(new ActConfig(List.of("hang-up", "send-sms"), "1*", ""), crm.act());
        assertEquals(new LimitsConfig(5, 6, 7), crm.limits());
        assertTrue(crm.operate() && config.demo().isPresent());
    }

    @Test
    void shouldFillInWhatIsNotSaid() throws Exception {
        final ServerConfig config = read("""
            journal: {directory: here}
            applications: [{id: crm, tenant: 1, tokens: [{sha256: HASH}]}]
            """);
        assertEquals("127.0.0.1 7088", config.listen().http().host() + " " + config.listen().http().port());
        assertEquals(Durability.ACCEPTED, config.journal().durability());
        assertEquals(RouterConfig.DEFAULT, config.router());
        assertNull(config.applications().get(0).read(), "nothing may be read unless it is said");
        assertNull(config.applications().get(0).act());
        assertFalse(config.demo().isPresent() || config.applications().get(0).operate());
    }

    @Test
    void shouldNameLineAndKeyOfEverythingThatIsWrong() {
        assertEquals(List.of(
            "2: journal.durabilty: there is no such key",
            "3: listen.http.port: must have a maximum value of 65535",
            "3: listen.sbe: needs port",
            "5: sources[0]: needs dialect",
            "6: sources[1].tenant: string found, integer expected",
            "6: sources[1].connect: needs login",
            "8: applications[0].tokens[0].sha256: is what ops/strowger config token prints: 64 digits of 0-9 and a-f",
            "8: applications[0]: needs tenant"), complaints("""
            journal:
              {directory: here, durabilty: durable}
            listen: {http: {port: 70000}, sbe: {}}
            sources:
              - {name: a, tenant: 1, connect: {address: "h:1"}}
              - {name: b, dialect: ami, connect: {address: "h:1"}, tenant: first}
            applications:
              - {id: crm, tokens: [{sha256: abc}]}
            """));
    }

    @Test
    void shouldNameWhatNoSchemaCanTell() {
        assertEquals(List.of(
            "2: listen.http.host: others reach 0.0.0.0: it needs tls, or plainOutsideLoopback: true where something before it does the TLS",
            "2: listen.sbe.port: another listener has port 7088",
            "4: sources[0].connect.address: port 99999 is not from 1 to 65535",
            "4: sources[0].connect.login: needs secret or secretFile, one of them",
            "5: sources[1].name: tenant 1 has another source of this name",
            "5: sources[1].connect.login: needs user",
            "6: sources[2].connect: needs login",
            "7: sources[3].connect.commands: evapi takes no commands",
            "8: sources[4].connect.login.secretFile: no file " + folder.resolve("none") + " that may be read",
            "9: sources[5].connect.tls: needs certificate and key",
            "9: sources[5].connect.tls.key: no file " + folder.resolve("none") + " that may be read",
            "10: sources[6]: needs connect, and no accept: the server connects to it",
            "11: sources[7]: needs accept, and no connect: it comes to the server",
            "12: sources[8]: needs connect (evapi) or accept (HTTP posts), one of them",
            "13: sources[9].accept: nothing listens for it: say listen.sourcesHttp",
            "13: sources[9].accept: needs tokens or certificate",
            "14: sources[10].accept.certificate: nobody asks for one: the listener needs tls with authorities",
            "14: sources[10].accept.tokens[1]: stands for something else already",
            "15: sources[11].name: tenant 1 has another source of this name",
            "16: sources[12]: needs neither connect nor accept",
            "17: sources[13]: there is one demo only",
            "20: applications[1].id: tenant 1 has another application of this id",
            "20: applications[1].tokens[0]: stands for something else already",
            "22: webhooks[0]: needs secret or secretFile, one of them",
            "23: webhooks[1].name: there is another webhook of this name",
            "23: webhooks[1].secret: the secret of a webhook is whsec_ and base64",
            "23: webhooks[1].types[0]: there is no event type call.x"), complaints("""
            journal: {directory: here}
            listen: {http: {host: 0.0.0.0}, sbe: {port: 7088}, sources: {port: 1}}
            sources:
              - {name: a, tenant: 1, dialect: ami, connect: {address: "h:99999", login: {user: u}}}
              - {name: a, tenant: 1, dialect: ami, connect: {address: "h:1", login: {secret: s}}}
              - {name: b, tenant: 1, dialect: esl, connect: {address: "h:1"}}
              - {name: c, tenant: 1, dialect: kamailio, connect: {address: "h:1", commands: true}}
              - {name: d, tenant: 1, dialect: esl, connect: {address: "h:1", login: {secretFile: none}}}
              - {name: demo, tenant: 1, dialect: esl, connect: {address: "h:1", login: {secret: s}, tls: {key: none}}}
              - {name: f, tenant: 1, dialect: ami}
              - {name: g, tenant: 1, dialect: sbe}
              - {name: h, tenant: 1, dialect: kamailio}
              - {name: i, tenant: 1, dialect: action-url, accept: {}}
              - {name: j, tenant: 1, dialect: sbe, accept: {certificate: j, tokens: [{sha256: OTHER}, {sha256: OTHER}]}}
              - {name: demo, tenant: 1, dialect: demo}
              - {name: l, tenant: 1, dialect: demo, accept: {tokens: [{sha256: THIRD}]}}
              - {name: m, tenant: 1, dialect: demo}
            applications:
              - {id: crm, tenant: 1, tokens: [{sha256: HASH}]}
              - {id: crm, tenant: 1, tokens: [{sha256: HASH}]}
            webhooks:
              - {name: w, tenant: 1, url: "https://h/x"}
              - {name: w, tenant: 1, url: "https://h/y", secret: s, types: [call.x]}
            """));
    }

    @Test
    void shouldNameTheLineOfAPopUpThatCannotBeFilledIn() {
        assertEquals(List.of(
            "4: popUps[1].url: there is no placeholder {caller}; there are remoteParty, remoteName, localUser, callId, sessionId, tenant",
            "5: popUps[2].url: is http:// or https:// and a host; placeholders stand behind that",
            "6: popUps[3].url: is no address: Illegal character in query"), complaints("""
            journal: {directory: here}
            popUps:
              - {tenant: 1, url: "https://crm.example/?caller={remoteParty}"}
              - {tenant: 1, url: "https://crm.example/?caller={caller}"}
              - {tenant: 1, url: "https://{remoteParty}.example/"}
              - {tenant: 1, url: "https://crm.example/?caller={remoteParty"}
            """));
    }

    @Test
    void shouldNameTheLineWhenItIsNoYamlOrNoTime() {
        assertTrue(complaints("journal: {directory: here\nlisten: [").get(0).matches("[0-9]+: .+"));
        final String twice = complaints("journal: {directory: here}\njournal: {directory: there}\n").get(0);
        assertTrue(twice.startsWith("2: Duplicate field 'journal'"), twice);
        assertEquals(List.of("3: applications[0].tokens[0].expires: Cannot deserialize value of type `java.time.Instant` from String"
            + " \"2027-13-01T00:00:00Z\": not a time as 2027-01-01T00:00:00Z"), complaints("""
            journal: {directory: here}
            applications:
              - {id: crm, tenant: 1, tokens: [{sha256: HASH, expires: "2027-13-01T00:00:00Z"}]}
            """));
        assertEquals(List.of("1: array found, object expected"), complaints("[]"));
        assertEquals(1, complaints("").size());
    }

    @Test
    void shouldSayWhenThereIsNoFile() {
        assertEquals("no such file: " + folder.resolve("none"),
            assertThrows(ConfigException.class, () -> ConfigReader.read(folder.resolve("none"))).getMessage());
        assertEquals("not a file: " + folder, assertThrows(ConfigException.class, () -> ConfigReader.read(folder)).getMessage());
    }

    @Test
    void shouldKnowEveryActionByItsName() throws IOException {
        try (InputStream in = ConfigReader.schemaFile()) {
            final JsonNode schema = new JsonMapper().readTree(in);
            final List<String> names = new ArrayList<>();
            schema.at("/properties/applications/items/properties/act/properties/actions/items/enum")
                .forEach(name -> names.add(name.asText()));
            assertEquals(IntStream.range(0, 14).mapToObj(kind -> ActionKind.get((short)kind))
                .map(kind -> kind.name().toLowerCase(Locale.ROOT).replace('_', '-')).toList(), names);
        }
    }

    @Test
    void shouldNotPrintSecrets() {
        assertFalse(new LoginConfig("u", "geheim", null).toString().contains("geheim"));
    }

    private ServerConfig read(final String yaml) throws Exception {
        final String text = yaml.replace("HASH", HASH).replace("OTHER", "b".repeat(64)).replace("THIRD", "c".repeat(64));
        return ConfigReader.read(Files.writeString(folder.resolve("server.yaml"), text));
    }

    private List<String> complaints(final String yaml) {
        final ConfigException thrown = assertThrows(ConfigException.class, () -> read(yaml));
        final String before = folder.resolve("server.yaml") + ":";
        assertTrue(thrown.complaints().stream().allMatch(line -> line.startsWith(before)), thrown.getMessage());
        return thrown.complaints().stream().map(line -> line.substring(before.length())).toList();
    }
}
