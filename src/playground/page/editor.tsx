/** A text editor: CodeMirror in a shadow tree, where its styles need no exception of the content security policy. */
import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { json, jsonParseLinter } from '@codemirror/lang-json';
import {
  bracketMatching,
  foldGutter,
  foldKeymap,
  HighlightStyle,
  indentOnInput,
  syntaxHighlighting,
} from '@codemirror/language';
import { linter, lintKeymap } from '@codemirror/lint';
import { search, searchKeymap } from '@codemirror/search';
import { EditorState, type Extension } from '@codemirror/state';
import { drawSelection, EditorView, keymap, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { graphql, updateSchema } from 'cm6-graphql';
import type { GraphQLSchema } from 'graphql';
import { useLayoutEffect, useRef } from 'preact/hooks';

export interface EditorProps {
  language: 'graphql' | 'json';
  /** What it is, for those who do not see it. */
  label: string;
  value: string;
  /** Nobody can change it without. */
  onChange?: (value: string) => void;
  /** Where the cursor is, in characters. */
  onCursor?: (offset: number) => void;
  onRun?: () => void;
  /** For completion, and for what is underlined. */
  schema?: GraphQLSchema | undefined;
  /** Ctrl or Cmd and a click, or Alt-D, on a field. */
  onType?: (type: string) => void;
}

/** Another `key` is another document, with a history of its own. */
export function Editor(props: EditorProps) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(undefined);
  const latest = useRef(props);
  latest.current = props;

  useLayoutEffect(() => {
    if (!host.current) return;
    const root = host.current.shadowRoot ?? host.current.attachShadow({ mode: 'open' });
    const state = EditorState.create({ doc: props.value, extensions: extensionsOf(props, latest) });
    const made = new EditorView({ state, parent: root, root });
    view.current = made;
    return () => {
      made.destroy();
    };
  }, []);

  // At once: later the text may be newer than what was rendered, and each of the two would be put back for the other for ever.
  useLayoutEffect(() => {
    const shown = view.current?.state.doc;
    if (!shown || shown.toString() === props.value) return;
    view.current?.dispatch({ changes: { from: 0, to: shown.length, insert: props.value } });
  }, [props.value]);

  useLayoutEffect(() => {
    if (view.current && props.language === 'graphql') updateSchema(view.current, props.schema);
  }, [props.schema]);

  return <div class="editor" ref={host} />;
}

interface Latest {
  readonly current: EditorProps;
}

function extensionsOf({ language, label, onChange }: EditorProps, latest: Latest): Extension[] {
  return [
    onChange ? writing(latest) : reading,
    language === 'json' ? [json(), onChange ? linter(lintJson) : []] : graphqlOf(latest),
    syntaxHighlighting(highlighting),
    EditorView.contentAttributes.of({ 'aria-label': label, spellcheck: 'false', tabindex: '0' }),
    EditorView.lineWrapping,
    foldGutter(),
    search({ top: true }),
    theme,
    keymap.of([...searchKeymap, ...foldKeymap, ...defaultKeymap]),
  ];
}

/** No cursor, but it can be scrolled by keys and its text selected. */
const reading: Extension = [
  EditorState.readOnly.of(true),
  EditorView.editable.of(false),
  EditorView.contentAttributes.of({ 'aria-readonly': 'true' }),
];

function writing(latest: Latest): Extension {
  const run = () => {
    latest.current.onRun?.();
    return true;
  };
  return [
    // Before the others, which insert a line at the same keys.
    keymap.of([{ key: 'Mod-Enter', run }]),
    lineNumbers(),
    history(),
    drawSelection(),
    indentOnInput(),
    bracketMatching(),
    closeBrackets(),
    autocompletion(),
    keymap.of([...closeBracketsKeymap, ...historyKeymap, ...completionKeymap, ...lintKeymap]),
    EditorView.updateListener.of(({ docChanged, selectionSet, state }) => {
      if (docChanged) latest.current.onChange?.(state.doc.toString());
      if (docChanged || selectionSet) latest.current.onCursor?.(state.selection.main.head);
    }),
  ];
}

function graphqlOf(latest: Latest): Extension {
  return graphql(latest.current.schema, {
    onShowInDocs: (_field, type, parentType) => {
      const shown = type ?? parentType;
      if (shown !== undefined) latest.current.onType?.(shown.replaceAll(/[[\]!]/g, ''));
    },
  });
}

function lintJson(view: EditorView) {
  return view.state.doc.toString().trim() === '' ? [] : jsonParseLinter()(view);
}

const highlighting = HighlightStyle.define([
  { tag: [tags.keyword, tags.definitionKeyword, tags.operatorKeyword], color: 'var(--keyword)' },
  { tag: [tags.propertyName, tags.definition(tags.variableName)], color: 'var(--property)' },
  { tag: [tags.variableName, tags.special(tags.variableName)], color: 'var(--variable)' },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--string)' },
  { tag: [tags.number, tags.bool, tags.null, tags.atom], color: 'var(--number)' },
  { tag: [tags.typeName, tags.className, tags.attributeName], color: 'var(--type)' },
  { tag: [tags.comment, tags.lineComment], color: 'var(--muted)', fontStyle: 'italic' },
  { tag: [tags.punctuation, tags.bracket], color: 'var(--muted)' },
]);

const theme = EditorView.theme({
  '&': { height: '100%', fontSize: '0.875rem', color: 'var(--text)', backgroundColor: 'transparent' },
  '&.cm-focused': { outline: '2px solid var(--accent)', outlineOffset: '-2px' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '1.5' },
  '.cm-content': { padding: '0.5rem 0', caretColor: 'var(--text)' },
  '.cm-cursor': { borderLeftColor: 'var(--text)' },
  '.cm-gutters': { backgroundColor: 'transparent', color: 'var(--muted)', border: 'none' },
  '.cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground': {
    background: 'var(--selection)',
  },
  '.cm-foldPlaceholder': {
    color: 'var(--text)',
    background: 'var(--raised)',
    border: '1px solid var(--line)',
  },
  '.cm-tooltip, .cm-panels': {
    color: 'var(--text)',
    backgroundColor: 'var(--raised)',
    border: '1px solid var(--line)',
  },
  '.cm-tooltip-autocomplete > ul > li[aria-selected]': { background: 'var(--accent-fill)', color: '#fff' },
  '.cm-completionDetail': { color: 'inherit' },
  '.cm-completionInfo': { maxWidth: 'min(20rem, 60vw)', padding: '0.5rem' },
  '.cm-textfield, .cm-button': {
    color: 'var(--text)',
    background: 'var(--page)',
    border: '1px solid var(--line)',
    fontSize: 'inherit',
  },
});
