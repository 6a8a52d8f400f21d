package io.strowger.ops.config.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.ops.Run;
import io.strowger.ops.config.ServerConfig;
import io.strowger.ops.node.LocalRouter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What would have failed at the start, or never worked, is said before. */
class ConfigFaultsTest {
    private static final String HASH = "a".repeat(64);
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private final List<String> warnings = new ArrayList<>();
    @TempDir
    private Path folder;

    @Test
    void shouldNameEverySizeThatTheJournalDoesNotHaveAndWhatToDo() throws Exception {
        try (LocalRouter router = LocalRouter.open(folder.resolve("journal"), note -> { })) {
            assertEquals(0, router.lastSequence());
        }
        final String journal = folder.resolve("journal").toString();
        final String cure = " and keeps that: say %d or nothing, or name a new folder in journal.directory"
            + " (ops/docs/server.md, \"Sizes\", says what that costs)";
        final String begun = ", but the journal in " + journal + " was begun with %1$d" + cure.replace("%d", "%1$d");
        assertEquals(List.of("2: router.sessions: is 200000" + begun.formatted(65_536),
            "2: router.sources: is 7" + begun.formatted(1_024)), complaints("""
            journal: {directory: journal}
            router: {sessions: 200000, sources: 7, groups: 16384}
            """));
        final Run serve = Run.of("serve", "--port", "0", "--config", folder.resolve("server.yaml").toString());
        assertEquals(2, serve.exitCode(), serve.err());
        assertTrue(serve.err().contains("router.sessions: is 200000, but the journal in"), serve.err());
        final String other = read("""
            journal: {directory: other}
            router: {sessions: 200000}
            """).journal().directory();
        assertEquals(folder.resolve("other").toString(), other, "from the file's folder on");
    }

    @Test
    void shouldKnowWhichKeyBelongsToACertificate() throws Exception {
        final Pem first = Pem.of(folder, "first", "EC");
        final Pem rsa = Pem.of(folder, "rsa", "RSA");
        final Pem second = Pem.of(folder, "second", "EC");
        assertEquals(List.of(), listen("first.pem", "first.key"));
        assertEquals(List.of(), listen("rsa.pem", "rsa.key"));
        final String wrong = "2: listen.http.tls.key: " + folder + "/%s does not belong to the certificate: it is not the key of CN=%s";
        assertEquals(List.of(wrong.formatted("second.key", "first")), listen("first.pem", "second.key"));
        assertEquals(List.of(wrong.formatted("first.key", "rsa")), listen("rsa.pem", "first.key"));
        final byte[] whole = rsa.keyBytes();
        // of a key of this length the algorithm stands in front, and the key itself behind it
        Pem.write(folder.resolve("old.key"), "RSA PRIVATE KEY", Arrays.copyOfRange(whole, 26, whole.length));
        assertEquals(List.of(), listen("rsa.pem", "old.key"));
        Pem.write(folder.resolve("closed.key"), "ENCRYPTED PRIVATE KEY", whole);
        assertEquals(List.of("2: listen.http.tls.key: " + folder + "/closed.key has a key with a password, and none can be given: write it"
            + " without, as openssl pkey does"), listen("rsa.pem", "closed.key"));
        assertEquals(List.of("2: listen.http.tls.key: " + folder + "/first.pem has no PRIVATE KEY in PEM"),
            listen("first.pem", "first.pem"));
        assertEquals(List.of("2: listen.http.tls.certificate: " + folder + "/first.key has no certificate in PEM"),
            listen("first.key", "first.key").stream().map(line -> line.replaceAll("a certificate that can't.*", "no certificate in PEM"))
                .toList());
        assertTrue(Files.exists(second.certificate()) && Files.exists(first.key()) && warnings.isEmpty(), () -> warnings.toString());
    }

    @Test
    void shouldSayOfAKeyWhyItIsOfNoUse() throws Exception {
        final Pem rsa = Pem.of(folder, "rsa", "RSA");
        final byte[] whole = rsa.keyBytes();
        Pem.write(folder.resolve("old.key"), "RSA PRIVATE KEY", Arrays.copyOfRange(whole, 26, whole.length));
        final String plain = Files.readString(folder.resolve("old.key"));
        Files.writeString(folder.resolve("closed.key"), plain.replace("KEY-----\n" + plain.split("\n", -1)[1],
            "KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,0123456789ABCDEF0123456789ABCDEF\n\n" + plain.split("\n", -1)[1]));
        assertEquals(List.of("2: listen.http.tls.key: " + folder + "/closed.key has a key with a password, and none can be given: write it"
            + " without, as openssl pkey does"), listen("rsa.pem", "closed.key"));
        Pem.of(folder, "pss", "RSASSA-PSS");
        assertEquals(List.of("2: listen.http.tls.key: " + folder + "/pss.key is the key of a certificate of the kind RSASSA-PSS, which"
            + " can't be listened with: make them anew with RSA or EC"), listen("pss.pem", "pss.key"));
        Pem.of(folder, "ed", "Ed25519");
        assertTrue(listen("ed.pem", "ed.key").get(0).contains("can't be listened with"));
    }

    @Test
    void shouldWarnOfWhatHasExpiredAndStartAllTheSame() throws Exception {
        Pem.of(folder, "old", "EC", "-startdate", "-10d", "-validity", "5");
        assertEquals(List.of(), listen("old.pem", "old.key"));
        assertTrue(warnings.get(0).contains(":2: listen.http.tls.certificate: warning: the certificate of CN=old in"), warnings.get(0));
        warnings.clear();
        read("""
            journal: {directory: journal}
            applications:
              - {id: crm, tenant: 1, tokens: [{sha256: OLD, expires: "2020-01-01T00:00:00Z"}, {sha256: HASH}]}
              - {id: gone, tenant: 1, tokens: [{sha256: OTHER, expires: "2020-01-01T00:00:00Z"}]}
            """.replace("HASH", HASH).replace("OLD", "b".repeat(64)).replace("OTHER", "c".repeat(64)));
        final String at = folder.resolve("server.yaml").toString();
        assertEquals(List.of(
            at + ":3: applications[0].tokens[0].expires: warning: expired at 2020-01-01T00:00:00Z: take it out",
            at + ":4: applications[1].tokens[0].expires: warning: expired at 2020-01-01T00:00:00Z: it has no token that is good, and is not"
                + " let in"), warnings);
        final Run check = Run.of("config", "check", at);
        assertEquals(0, check.exitCode());
        assertEquals(String.join("\n", warnings) + "\n", check.err());
    }

    @Test
    void shouldNameWhatWouldNeverWork() throws Exception {
        final List<String> said = complaints("""
            journal: {directory: journal}
            router: {sources: 5}
            listen:
              http: {host: 300.0.0.1, port: 0, plainOutsideLoopback: true}
              sourcesHttp: {port: 0}
            sources:
              - {name: pbx, tenant: 1, dialect: ami, connect: {address: "10.0.0.256:5038", login: {user: u, secret: s}}}
              - {name: a, tenant: 1, dialect: action-url, accept: {tokens: [{sha256: HASH}], coveredBy: pbx-1}}
              - {name: b, tenant: 2, dialect: action-url, accept: {tokens: [{sha256: OTHER}], coveredBy: pbx, phone: {users: "1,2,3,*4"}}}
              - {name: c, tenant: 1, dialect: action-url, accept: {tokens: [{sha256: THIRD}], coveredBy: c}}
            applications:
              - {id: crm, tenant: 1, tokens: [{sha256: FOURTH}], read: {users: "*5", groups: "a*b"}, act: {users: "1*,,*9"}}
            webhooks:
              - {name: short, tenant: 1, url: "https://h/", secret: whsec_c2hvcnQ=}
              - {name: empty, tenant: 1, url: "https://300.0.0.1/", secretFile: nothing}
            popUps: [{tenant: 1, users: "**", url: "https://crm.example/"}]
            """.replace("HASH", HASH).replace("OTHER", "b".repeat(64)).replace("THIRD", "c".repeat(64)).replace("FOURTH", "d".repeat(64)));
        final String nobody = " names nobody: a name is exact, or a beginning with one * behind it, as \"1*\"";
        assertEquals(List.of(
            "4: listen.http.host: 300.0.0.1 is neither an address nor a name of a host",
            "7: sources[0].connect.address: 10.0.0.256 is neither an address nor a name of a host",
            "8: sources[1].accept.coveredBy: tenant 1 has no source pbx-1",
            "9: sources[2].accept.phone.users: \"*4\"" + nobody,
            "9: sources[2].accept.coveredBy: tenant 2 has no source pbx",
            "10: sources[3].accept.coveredBy: it can't cover itself",
            "12: applications[0].act.users: \"1*,,*9\" has a comma with no name before or behind it",
            "12: applications[0].act.users: \"*9\"" + nobody,
            "12: applications[0].read.users: \"*5\"" + nobody,
            "12: applications[0].read.groups: \"a*b\"" + nobody,
            "14: webhooks[0].secret: the secret of a webhook has 16 bytes or more",
            "15: webhooks[1].secretFile: no file " + folder.resolve("nothing") + " that may be read",
            "15: webhooks[1].url: is http:// or https:// and a host",
            "16: popUps[0].users: \"**\"" + nobody), said);
        final Run serve = Run.of("serve", "--config", folder.resolve("server.yaml").toString());
        assertEquals(2, serve.exitCode(), serve.err());
    }

    @Test
    void shouldCountSourcesAndPhonesOfFleets() throws Exception {
        final String sources = """
            router: {sources: 4}
            listen: {http: {port: 0}, sourcesHttp: {port: 0}}
            sources:
              - {name: "101", tenant: 1, dialect: action-url, accept: {tokens: [{sha256: HASH}]}}
              - {name: few, tenant: 1, dialect: action-url, accept: {tokens: [{sha256: OTHER}], phone: {users: "1,2,3,4"}}}
            """.replace("HASH", HASH).replace("OTHER", "b".repeat(64));
        assertEquals(List.of("6: sources[1].accept.phone.users: \"1, 2, 2, 3,\" has a comma with no name before or behind it"),
            complaints("journal: {directory: journal}\n" + sources.replace("1,2,3,4", "1, 2, 2, 3,")), "three phones");
        assertEquals(
            List.of("2: router.sources: there are 5 sources and phones of fleets, and the router has room for 4: say router.sources"),
            complaints("journal: {directory: journal}\n" + sources));
        read("journal: {directory: journal}\n" + sources.replace("1,2,3,4", "1*"));
        assertEquals(1, warnings.size());
        assertTrue(warnings.get(0).endsWith(":2: router.sources: warning: with all phones that its fleets may have there are 1001"
            + " sources, and the router has room for 4: say router.sources"), warnings.get(0));
    }

    @Test
    void shouldGoOnBehindWhatCannotBeRead() throws Exception {
        assertEquals(Stream.of(
            "2: listen.sbe.port: another listener has port 7088",
            "4: sources[0].dialect: does not have a value in the enumeration",
            "5: sources[1].conect: there is no such key",
            "6: sources[2].connect.login: needs user",
            "8: applications[0].act.actions[1]: does not have a value in the enumeration",
            "8: applications[0].tokens[0].expires: is a time, as \"2027-01-01T00:00:00Z\"",
            "9: applications[1].id: tenant 1 has another application of this id",
            "10: webhooks[0].types[1]: there is no event type call.x").sorted().toList(), complaints("""
            journal: {directory: journal}
            listen: {http: {port: 7088}, sbe: {port: 7088}}
            sources:
              - {name: a, tenant: 1, dialect: asterisk, connect: {address: "h:1"}}
              - {name: b, tenant: 1, dialect: ami, conect: {address: "h:1"}}
              - {name: c, tenant: 1, dialect: ami, connect: {address: "h:1", login: {secret: s}}}
            applications:
              - {id: crm, tenant: 1, tokens: [{sha256: HASH, expires: soon}], act: {actions: [hang-up, hang-down]}}
              - {id: crm, tenant: 1, tokens: [{sha256: OTHER, expires: "2027-01-01T00:00:00Z"}]}
            webhooks: [{name: w, tenant: 1, url: "https://h/x", secret: SECRET, types: [call.cleared, call.x]}]
            """.replace("HASH", HASH).replace("OTHER", "b".repeat(64)).replace("SECRET", SECRET)).stream()
            .map(line -> line.replaceAll("(does not have a value in the enumeration).*", "$1")).sorted().toList());
    }

    @Test
    void shouldSayInWordsWhatIsNoYaml() throws Exception {
        assertSyntax(3, "keys of one thing, and entries of one list, begin in one column",
            "journal:\n   directory: here\n  durability: durable\n");
        assertSyntax(2, "a value that begins with * or & stands in quotes", "read:\n  users: *\n");
        assertSyntax(1, "a value with \": \" in it stands in quotes", "journal: directory: here\n");
        assertSyntax(2, "never with tabs", "journal:\n\tdirectory: here\n");
        assertSyntax(2, "a { is not closed", "journal: {directory: here\nlisten: {}\n");
        assertSyntax(2, "a quote is not closed", "journal: \"here\n");
    }

    private void assertSyntax(final int line, final String words, final String yaml) {
        final List<String> said = complaints(yaml);
        assertEquals(1, said.size());
        assertTrue(said.get(0).startsWith(line + ": ") && said.get(0).contains(words), said.get(0));
    }

    /** What is wrong with a certificate and a key. */
    private List<String> listen(final String certificate, final String key) throws Exception {
        final String yaml = "journal: {directory: journal}\nlisten: {http: {tls: {certificate: " + certificate + ", key: " + key + "}}}\n";
        try {
            read(yaml);
            return List.of();
        } catch (final ConfigException e) {
            return complaints(yaml);
        }
    }

    private ServerConfig read(final String yaml) throws Exception {
        return ConfigReader.read(Files.writeString(folder.resolve("server.yaml"), yaml), warnings::add);
    }

    private List<String> complaints(final String yaml) {
        final ConfigException thrown = assertThrows(ConfigException.class, () -> read(yaml));
        final String before = folder.resolve("server.yaml") + ":";
        assertTrue(thrown.complaints().stream().allMatch(line -> line.startsWith(before)), thrown.getMessage());
        return thrown.complaints().stream().map(line -> line.substring(before.length())).toList();
    }
}
