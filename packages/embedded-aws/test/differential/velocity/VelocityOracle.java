import com.jayway.jsonpath.Configuration;
import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.PathNotFoundException;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.StringWriter;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import net.minidev.json.JSONObject;
import net.minidev.json.JSONValue;
import org.apache.commons.lang.StringEscapeUtils;
import org.apache.velocity.VelocityContext;
import org.apache.velocity.app.VelocityEngine;
import org.apache.velocity.app.event.InvalidReferenceEventHandler;
import org.apache.velocity.context.Context;
import org.apache.velocity.exception.ParseErrorException;
import org.apache.velocity.exception.TemplateInitException;
import org.apache.velocity.util.introspection.Info;

/**
 * Apache Velocity 1.7 set up as API Gateway's behaves. One case a line on standard input, as JSON
 * {"template", "body", "params", "context", "stageVariables"}; one answer a line on standard output:
 * {"text"} or {"error": "parse" | "evaluation" | "payload", "message"}.
 */
public class VelocityOracle {

  /** Every invalid reference is an empty string. */
  public static class EmptyReferences implements InvalidReferenceEventHandler {
    public Object invalidGetMethod(
        Context context, String reference, Object object, String property, Info info) {
      return "";
    }

    public boolean invalidSetMethod(
        Context context, String left, String right, Info info) {
      return false;
    }

    public Object invalidMethod(
        Context context, String reference, Object object, String method, Info info) {
      return "";
    }
  }

  public static class PayloadException extends RuntimeException {
    PayloadException(Throwable cause) {
      super(cause);
    }
  }

  public static class Input {
    private final String body;
    private final Map<String, Object> params;
    private Object document;
    private boolean parsed;

    Input(String body, Map<String, Object> params) {
      this.body = body == null || body.isEmpty() ? "{}" : body;
      this.params = params;
    }

    public String getBody() {
      return body;
    }

    private Object find(String path) {
      if (!parsed) {
        try {
          document = Configuration.defaultConfiguration().jsonProvider().parse(body);
        } catch (RuntimeException e) {
          throw new PayloadException(e);
        }
        parsed = true;
      }
      JsonPath compiled = JsonPath.compile(path);
      if (document == null) {
        if (compiled.getPath().equals("$")) return null;
        throw new PathNotFoundException(path);
      }
      return compiled.read(document, Configuration.defaultConfiguration());
    }

    public Object path(String path) {
      try {
        return find(path);
      } catch (PathNotFoundException e) {
        return null;
      }
    }

    public String json(String path) {
      try {
        return JSONValue.toJSONString(find(path));
      } catch (PathNotFoundException e) {
        return "\"\"";
      }
    }

    public Map<String, Object> params() {
      return params;
    }

    public Object params(String name) {
      for (Object group : params.values()) {
        Object value = ((Map<?, ?>) group).get(name);
        if (value != null) return value;
      }
      return null;
    }

    @Override
    public String toString() {
      return "";
    }
  }

  /** API Gateway's context is no map: it has properties, and prints nothing. */
  public static class ContextVariable {
    private final Map<String, Object> members;

    ContextVariable(Map<String, Object> members) {
      this.members = members;
    }

    public Object getStage() {
      return members.get("stage");
    }

    public Object getIdentity() {
      return members.get("identity");
    }

    @Override
    public String toString() {
      return "";
    }
  }

  public static class Util {
    public String escapeJavaScript(String text) {
      return StringEscapeUtils.escapeJavaScript(text);
    }

    public Object parseJson(String text) {
      return Configuration.defaultConfiguration().jsonProvider().parse(text);
    }

    public String urlEncode(String text) throws Exception {
      return text == null ? null : URLEncoder.encode(text, "UTF-8");
    }

    public String urlDecode(String text) throws Exception {
      return text == null ? null : URLDecoder.decode(text, "UTF-8");
    }

    public String base64Encode(Object value) {
      if (value == null) return null;
      return Base64.getEncoder()
          .encodeToString(value.toString().getBytes(StandardCharsets.UTF_8));
    }

    public String base64Decode(String text) {
      return text == null
          ? null
          : new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
      return "";
    }
  }

  /** A parser remembers the names of the macros it has seen: templates with any get an engine of their own. */
  private static VelocityEngine engine() {
    VelocityEngine engine = new VelocityEngine();
    engine.setProperty("runtime.log.logsystem.class", "org.apache.velocity.runtime.log.NullLogChute");
    engine.setProperty("velocimacro.permissions.allow.inline", "false");
    // Velocity's own property (`velocimacro.library`): the file of global macros, of which there is none.
    engine.setProperty("velocimacro.library", "");
    engine.setProperty("directive.foreach.maxloops", "1000");
    engine.setProperty("parser.pool.size", "2");
    engine.setProperty("eventhandler.invalidreferences.class", EmptyReferences.class.getName());
    engine.init();
    engine.removeDirective("evaluate");
    engine.removeDirective("include");
    engine.removeDirective("parse");
    return engine;
  }

  private static VelocityEngine shared;

  private static VelocityEngine engineFor(String template) {
    if (template.contains("macro")) return engine();
    if (shared == null) shared = engine();
    return shared;
  }

  private static Map<String, Object> render(Map<String, Object> given) {
    Map<String, Object> answer = new LinkedHashMap<>();
    VelocityContext context = new VelocityContext();
    @SuppressWarnings("unchecked")
    Map<String, Object> params = (Map<String, Object>) given.get("params");
    context.put("input", new Input((String) given.get("body"), params));
    context.put("util", new Util());
    @SuppressWarnings("unchecked")
    Map<String, Object> members = (Map<String, Object>) given.get("context");
    context.put("context", new ContextVariable(members));
    context.put("stageVariables", given.get("stageVariables"));
    StringWriter writer = new StringWriter();
    try {
      String template = (String) given.get("template");
      engineFor(template).evaluate(context, writer, "template", template);
      answer.put("text", writer.toString());
    } catch (ParseErrorException | TemplateInitException e) {
      fail(answer, "parse", e);
    } catch (Throwable e) {
      fail(answer, kindOf(e), e);
    }
    return answer;
  }

  /** What the parser or a node's initialisation throws, beside what Velocity declares. */
  private static String kindOf(Throwable error) {
    for (Throwable each = error; each != null; each = each.getCause()) {
      if (each instanceof PayloadException) return "payload";
    }
    for (StackTraceElement frame : error.getStackTrace()) {
      String at = frame.getMethodName();
      if (at.equals("parse") && frame.getClassName().endsWith(".Parser")) return "parse";
      if (at.equals("init") && frame.getClassName().startsWith("org.apache.velocity")) return "parse";
    }
    return "evaluation";
  }

  private static void fail(Map<String, Object> answer, String kind, Throwable error) {
    answer.put("error", kind);
    answer.put("message", String.valueOf(error));
  }

  /** Halves of surrogate pairs have no UTF-8. */
  private static String ascii(String json) {
    StringBuilder text = new StringBuilder();
    for (char c : json.toCharArray()) {
      text.append(c < 0x7f ? String.valueOf(c) : String.format("\\u%04x", (int) c));
    }
    return text.toString();
  }

  public static void main(String[] arguments) throws Exception {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    PrintStream out = new PrintStream(System.out, false, "UTF-8");
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      @SuppressWarnings("unchecked")
      Map<String, Object> given =
          (Map<String, Object>) Configuration.defaultConfiguration().jsonProvider().parse(line);
      out.println(ascii(JSONObject.toJSONString(render(given))));
      out.flush();
    }
  }
}
