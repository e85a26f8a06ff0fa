package io.github.dagwasm.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the author of a pipeline file cannot have Camel do where authors are restricted. */
class RestrictedAuthorsIT extends AuthorFixture {

    private static final String OPENS =
            " (authors are restricted; component option allowedEndpointOptions=file:";

    /** Endpoints that run code as soon as a message or a file comes, or as they are made. */
    static List<String> attempts() {
        return List.of(
                "file:FOLDER?fileName=RAW(${" + CODE + "})",
                "file:FOLDER?fileName=RAW{${" + CODE + "}}",
                "file:FOLDER?fileName=RAW(a${file:name}b${" + CODE + "})",
                "file:FOLDER?fileName=" + encoded("${" + CODE + "}"),
                "file:FOLDER?tempFileName=RAW(${" + CODE + "})",
                "file:FOLDER?tempFileName=RAW(${file:name}${" + CODE + "})",
                "file:FOLDER?tempPrefix=RAW(${" + CODE + "})",
                "file:FOLDER?charset=%52AW(UTF-8%29%26fileName=%24%7B" + CODE + "}",
                "file:FOLDER?charset=UTF-8%26fileName=RAW(${" + CODE + "})",
                "file:FOLDER?FILENAME=RAW(${" + CODE + "})",
                "file:FOLDER?file-name=RAW(${" + CODE + "})",
                "file:FOLDER?appendChars=x&fileName=RAW(${" + CODE + "})");
    }

    private String placed(String attempt) {
        return attempt.replace("FOLDER", folder + "/out");
    }

    private void run(String endpoint) throws Exception {
        camel.pipeline(
                "ask",
                "processors:\n  - { id: ask, backend: camel, endpoint: \"%s\" }\n"
                        .formatted(endpoint));
        camel.context.start();
        camel.send("dagwasm:pipeline:file:" + folder + "/ask.dagwasm.yaml", "text");
    }

    @ParameterizedTest
    @MethodSource("attempts")
    void anAttemptRunsCodeOfATrustedAuthor(String attempt) throws Exception {
        component.setAllowedEndpointSchemes("file");
        component.setAuthors("trusted");

        run(placed(attempt));

        assertThat(System.getProperty(MARKER)).isEqualTo("1");
    }

    @ParameterizedTest
    @MethodSource("attempts")
    void theSameAttemptIsRefusedAtLoadAndRunsNothing(String attempt) throws Exception {
        component.setAllowedEndpointSchemes("file, seda");

        assertThat(refusedEndpoint(placed(attempt)))
                .startsWith(AT_ENDPOINT + "processor 'ask' (file:")
                .containsPattern("( opens it| [(]did you mean 'fileName'[?])[)]$");
        assertThat(System.getProperty(MARKER)).isNull();
    }

    @ParameterizedTest
    @MethodSource("attempts")
    void soItIsInFromAndTo(String attempt) {
        component.setModuleRoots(folder.toString());
        camel.context.start();
        String uri = placed(attempt);

        assertThat(refusedRoute("a.dagwasm.yaml", "from: \"" + uri + "\"\n"))
                .startsWith("a.dagwasm.yaml:1:7: from: ");
        assertThat(refusedRoute("b.dagwasm.yaml", "to: \"" + uri + "\"\n"))
                .startsWith("b.dagwasm.yaml:1:5: to: ");
        assertThat(camel.context.getRoutes()).isEmpty();
        assertThat(System.getProperty(MARKER)).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "fileName=RAW(${date:now}) | option 'fileName' has '$', with which expressions begin; expected literal text | fileName",
                "move=${file:parent} | option 'move' has '$', with which expressions begin; expected literal text with ${file:name}, ${file:onlyname} or ${file:name.noext} | move",
                "fileName=RAW($simple{x}) | option 'fileName' has '$', with which expressions begin; expected literal text | fileName",
                "sorter=#bean:mine | option 'sorter' of 'file' is not known to be plain data | sorter",
                "filter=#class:a.B | option 'filter' of 'file' is not known to be plain data | filter",
                "sortBy=file:name | option 'sortBy' of 'file' is not known to be plain data | sortBy",
                "idempotentKey=x | option 'idempotentKey' of 'file' is not known to be plain data | idempotentKey",
                "scheduler.x=y | option 'scheduler.x' of 'file' is not known to be plain data | scheduler.x",
                "delay=#bean:mine | option 'delay' has '#', with which references to objects begin; expected literal text | delay",
                "charset=%7B%7Benv:PATH%7D%7D | option 'charset' has '{', with which placeholders begin; expected literal text | charset",
                "charset=%25257Bx | option 'charset' has '{', with which placeholders begin; expected literal text | charset",
                "charset=a\u200eb | option 'charset' has the character '\\u{200e}'; expected literal text | charset"
            })
    void anOptionIsRefusedWithWhatIsWrongAndWhatOpensIt(String option, String problem, String opens)
            throws Exception {
        component.setAllowedEndpointSchemes("file");

        assertThat(refusedEndpoint("file:in?" + option.strip()))
                .startsWith(AT_ENDPOINT + "processor 'ask' (file:in?")
                .endsWith("): " + problem.strip() + OPENS + opens.strip() + " opens it)");
    }

    @ParameterizedTest
    @CsvSource({"nonesuch, ''", "FILENAME, ' (did you mean ''fileName''?)'"})
    void anOptionThatThereIsNotIsRefused(String name, String meant) throws Exception {
        component.setAllowedEndpointSchemes("file");

        assertThat(refusedEndpoint("file:in?" + name + "=1"))
                .endsWith("): 'file' has no option '" + name + "'" + meant);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "file:a${b} | what follows 'file:' has '$', with which expressions begin; expected literal text",
                "file:a%2524 | what follows 'file:' has '$', with which expressions begin; expected literal text",
                "file:#bean:x | what follows 'file:' has '#', with which references to objects begin; expected literal text",
                "file:a%3Fb | what follows 'file:' has '?' in it; expected literal text",
                "file:in?a%20b=c | 'a b' is no name of an option",
                "file:in?%23a=c | '#a' is no name of an option",
                "file:in?charset=%25252525252525252525x | option 'charset' has text that is encoded more than 8 times; expected literal text (authors are restricted; component option allowedEndpointOptions=file:charset opens it)"
            })
    void anythingElseIsRefusedToo(String uri, String problem) throws Exception {
        component.setAuthors("restricted");

        String opens =
                problem.contains("opens it")
                        ? ""
                        : " (authors are restricted; component option authors=trusted opens it)";
        assertThat(refusedEndpoint(uri.strip())).endsWith("): " + problem.strip() + opens);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bean:java.lang.Runtime?method=exec",
                "class:java.lang.Thread",
                "language:simple:abc",
                "ref:file",
                "controlbus:language:simple",
                "dataset:x",
                "rest:get:x",
                "validator:x",
                "xslt:x.xsl",
                "exec:sh",
                "kamelet:x",
                "properties:x",
                "saga:complete",
                "dataformat:x:marshal"
            })
    void anEndpointWhosePathMayBeCodeIsRefusedEvenIfItsSchemeIsListed(String uri) throws Exception {
        String scheme = uri.substring(0, uri.indexOf(':'));
        component.setAllowedEndpointSchemes("file," + scheme);

        assertThat(refusedEndpoint(uri))
                .endsWith(
                        "): what follows '"
                                + scheme
                                + ":' may name or be code; expected a scheme whose endpoints are"
                                + " plain data, such as file (authors are restricted; component"
                                + " option allowedEndpointOptions="
                                + scheme
                                + ":* opens it)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"FILE:in", "File:in", "log:x", "files:in"})
    void anotherSpellingOfASchemeIsAnotherScheme(String uri) throws Exception {
        component.setAllowedEndpointSchemes("file");

        assertThat(refusedEndpoint(uri))
                .endsWith(
                        "): scheme '"
                                + uri.substring(0, uri.indexOf(':'))
                                + "' is not allowed; expected file (component option"
                                + " allowedEndpointSchemes)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:in?fileName=copy.txt&charset=UTF-8&delay=1s&readLock=changed&delete=true",
                "file://in?move=.done/${file:name}&moveFailed=RAW(../x/${file:name.noext}.bad)",
                "file:in?tempFileName=${file:onlyname}.tmp&fileExist=Override&bufferSize=4096",
                "direct:a",
                "seda:a?size=3",
                "log:a?level=OFF&showAll=true",
                "seda:a?waitForTaskToComplete=Never&blockWhenFull=true",
                "mock:a"
            })
    void whatPeopleNeedIsLeft(String uri) throws Exception {
        component.setModuleRoots(folder.toString());
        camel.context.start();

        load(
                "good.dagwasm.yaml",
                "to: \"" + uri.replaceFirst("^file:", "file:" + folder + "/") + "\"\n");

        assertThat(camel.context.getRoutes()).hasSize(1);
    }

    @Test
    void whatAPlaceholderStandsForIsLookedAtLikeAnythingElse() throws Exception {
        component.setAuthors("restricted");
        component.setResolvableProperties("inbox");
        var properties = new Properties();
        properties.setProperty("inbox", "in?fileName=RAW(${" + CODE + "})");
        camel.context.getPropertiesComponent().setInitialProperties(properties);

        assertThat(refusedEndpoint("file:{{inbox}}"))
                .endsWith(
                        "option '{{inbox}}' has '$', with which expressions begin; expected literal"
                                + " text"
                                + OPENS
                                + "{{inbox}} opens it)");
    }

    @Test
    void anOptionThatTheOperatorOpensTakesAnyValue() throws Exception {
        component.setAllowedEndpointSchemes("file");
        component.setAllowedEndpointOptions("file:fileName");

        run("file:" + folder + "/out?fileName=RAW(${" + CODE + "})");

        assertThat(System.getProperty(MARKER)).isEqualTo("1");
        assertThat(
                        refusedRoute(
                                "b.dagwasm.yaml",
                                "to: file:in?tempFileName=RAW(${" + CODE + "})\n"))
                .endsWith(OPENS + "tempFileName opens it)");
    }

    @Test
    void anOpenSchemeTakesLiteralTextAndNothingElse() throws Exception {
        component.setAuthors("restricted");
        component.setAllowedEndpointOptions("file:*, bean:*, mock:*");

        assertThat(refusedEndpoint("bean:nonesuch?method=a")).contains("nonesuch");
        assertThat(refusedEndpoint("mock:a?anything=b")).isEmpty();
        assertThat(refusedEndpoint("file:in?sortBy=$simple{x}"))
                .endsWith(
                        "option 'sortBy' has '$', with which expressions begin; expected literal"
                                + " text"
                                + OPENS
                                + "sortBy opens it)");
    }

    @Test
    void anExplicitWordOfTheOperatorIsHonoured() throws Exception {
        component.setModuleRoots(folder.toString());
        component.setAuthors("trusted");

        run("file:" + folder + "/out?fileName=RAW(${" + CODE + "})");

        assertThat(System.getProperty(MARKER)).isEqualTo("1");
    }

    @Test
    void aCeilingAloneRestrictsNobody() throws Exception {
        component.setMemoryMbCeiling(8);

        run("file:" + folder + "/out?fileName=RAW(${" + CODE + "})");

        assertThat(System.getProperty(MARKER)).isEqualTo("1");
    }

    static Stream<String[]> names() {
        return Stream.of(
                new String[] {"{{key}}", "'{', with which placeholders begin"},
                new String[] {"x#", "'#', with which references to objects begin"},
                new String[] {"x${y}", "'$', with which expressions begin"},
                new String[] {"x%24", "'$', with which expressions begin"},
                new String[] {"x?timeout=1", "'?' in it"});
    }

    @ParameterizedTest
    @MethodSource("names")
    void theNameOfAFileIsLiteralToo(String name, String flaw) {
        component.setAuthors("restricted");
        camel.context.start();
        var definition =
                component
                        .pipelineReader()
                        .read(name + ".dagwasm.yaml", CamelFixture.UPPER, Optional.empty());

        assertThat(component.endpointPolicy().nameProblem(definition.name()))
                .contains(
                        "the name of the file has "
                                + flaw
                                + "; expected plain text, because it becomes the name of a route"
                                + " (component option authors=restricted)");
    }

    @Test
    void aRouteFileWithSuchANameDoesNotLoad() {
        component.setAuthors("restricted");
        camel.context.start();

        assertThat(refusedRoute("a$b.dagwasm.yaml", ""))
                .isEqualTo(
                        "a$b.dagwasm.yaml:1:1: the name of the file has '$', with which expressions"
                                + " begin; expected plain text, because it becomes the name of a"
                                + " route (component option authors=restricted)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "fileName | allowedEndpointOptions: found 'fileName'; expected SCHEME:OPTION or SCHEME:*",
                "file:fileName, | allowedEndpointOptions: found ''; expected SCHEME:OPTION or SCHEME:*",
                "log:level | allowedEndpointOptions: 'log:level' has no effect, because allowedEndpointSchemes does not list 'log'"
            })
    void anOptionThatIsMalformedOrHasNoEffectFailsTheStart(String list, String message) {
        component.setAllowedEndpointSchemes("file");
        component.setAllowedEndpointOptions(list.strip());

        assertThatThrownBy(() -> camel.context.start()).rootCause().hasMessage(message.strip());
    }

    @Test
    void openedOptionsOfTrustedAuthorsFailTheStart() {
        component.setAllowedEndpointOptions("file:fileName");

        assertThatThrownBy(() -> camel.context.start())
                .rootCause()
                .hasMessage(
                        "allowedEndpointOptions: has no effect while authors are trusted; set"
                                + " authors=restricted, or leave the option out");
    }

    @Test
    void anotherWordForAuthorsIsRefused() {
        assertThatThrownBy(() -> component.setAuthors("Restricted"))
                .hasMessage("authors: found 'Restricted'; expected trusted or restricted");
    }

    @Test
    void aLinkInAnInboxIsFollowedToAFileOutside() throws Exception {
        component.setAuthors("restricted");
        camel.context.start();
        var secret = folder.resolve("outside.txt");
        write(secret, "kept outside");
        Files.createDirectories(folder.resolve("in"));
        Files.createSymbolicLink(folder.resolve("in/link.txt"), secret);

        load("drop.dagwasm.yaml", "from: \"file:" + folder + "/in?noop=true\"\nto: seda:out\n");

        assertThat(camel.context.createConsumerTemplate().receiveBody("seda:out", 20_000))
                .isEqualTo("KEPT OUTSIDE");
    }

    private static String encoded(String text) {
        StringBuilder out = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            out.append('%').append(String.format("%02X", b));
        }
        return out.toString();
    }
}
