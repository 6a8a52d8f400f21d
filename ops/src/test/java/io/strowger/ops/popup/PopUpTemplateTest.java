package io.strowger.ops.popup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PopUpTemplateTest {
    @Test
    void shouldEncodeEveryValueWhereverItStands() {
        final PopUpTemplate template = new PopUpTemplate("https://crm.example:8443/{localUser}?of={remoteParty}&n={remoteName}#{callId}");
        assertEquals("https://crm.example:8443/102?of=%2B49%2030&n=A%26b%3D%C3%A4%22%3C%2Fx%3E#-._~",
            template.url(Map.of("localUser", "102", "remoteParty", "+49 30", "remoteName", "A&b=\u00e4\"</x>", "callId", "-._~")));
        assertEquals("https://crm.example:8443/?of=&n=#", template.url(Map.of()), "what is not known is empty");
        assertEquals("http://[::1]/fixed", new PopUpTemplate("http://[::1]/fixed").url(Map.of("remoteParty", "x")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../x", "@evil.example/", "a\r\nb", "{localUser}", "%00", "\ud83d\ude00", "\\", "?x#y"})
    void shouldLeadToTheSameHostWhateverACallerIsNamed(final String name) {
        final URI url = URI.create(new PopUpTemplate("https://crm.example/call?name={remoteName}").url(Map.of("remoteName", name)));
        assertEquals("crm.example", url.getHost());
        assertEquals("name=" + name, URLDecoder.decode(url.getRawQuery(), StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {".", ".."})
    void shouldStayWhereItIsWhenACallerIsNamedByDots(final String name) {
        final Map<String, String> values = Map.of("remoteName", name, "remoteParty", name);
        for (final String path : new String[] {"p/{remoteName}", "p/{remoteName}/x", "p/{remoteName}{remoteParty}", "{remoteName}"}) {
            final String url = new PopUpTemplate("https://crm.example/" + path + "?n={remoteName}#{remoteName}").url(values);
            assertEquals("https://crm.example/" + path.replaceAll("\\{[a-zA-Z]*}", "") + "?n=" + name + '#' + name, url);
        }
        assertEquals("https://crm.example/p/...", new PopUpTemplate("https://crm.example/p/{remoteName}").url(Map.of("remoteName", "...")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"javascript:alert({remoteName})", "ftp://crm.example/", "https://", "https:///x", "https://{localUser}/",
        "https://crm.example{localUser}/", "https://crm.example/{user}", "https://crm.example/{}", "https://crm.example/{localUser",
        "https://crm.example/a b", "https://crm.example/../{localUser}",
        "https://crm.example/p/.{localUser}", "https://crm.example/{localUser}.%2E", "HTTPS://crm.example/"})
    void shouldTakeNoAddressThatIsNoneOrLeadsElsewhere(final String url) {
        assertTrue(PopUpTemplate.fault(url).isPresent(), url);
        assertThrows(IllegalArgumentException.class, () -> new PopUpTemplate(url));
    }
}
