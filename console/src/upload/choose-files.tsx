import {
  Button,
  Field,
  makeStyles,
  mergeClasses,
  shorthands,
  Text,
  Textarea,
  tokens,
} from '@fluentui/react-components';
import { ArrowUploadRegular } from '@fluentui/react-icons/svg/arrow-upload';
import { ClipboardPasteRegular } from '@fluentui/react-icons/svg/clipboard-paste';
import { useRef, useState, type DragEvent, type ReactNode } from 'react';
import { useTexts } from '../texts/texts.tsx';

const useStyles = makeStyles({
  zone: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'center',
    gap: '12px',
    padding: '32px 16px',
    textAlign: 'center',
    border: `1px dashed ${tokens.colorNeutralStrokeAccessible}`,
    borderRadius: tokens.borderRadiusLarge,
    backgroundColor: tokens.colorNeutralBackground1,
  },
  over: {
    ...shorthands.borderColor(tokens.colorBrandStroke1),
    backgroundColor: tokens.colorBrandBackground2,
  },
  actions: { display: 'flex', flexWrap: 'wrap', justifyContent: 'center', gap: '8px' },
  quiet: { color: tokens.colorNeutralForeground2 },
  hidden: { display: 'none' },
  paste: { display: 'flex', flexDirection: 'column', alignItems: 'flex-start', gap: '8px' },
  wide: { width: '100%' },
});

/** Takes files that are dropped or chosen, or a list that is pasted. */
export function ChooseFiles(props: {
  readonly files: readonly File[];
  readonly onFiles: (files: readonly File[]) => void;
}): ReactNode {
  const { files, onFiles } = props;
  const styles = useStyles();
  const { say } = useTexts();
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setOver] = useState(false);
  const [pasted, setPasted] = useState<string>();
  const take = (list: FileList | null | undefined) => {
    if (list && list.length > 0) onFiles([...list]);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files);
  };
  return (
    <>
      <div
        className={mergeClasses(styles.zone, isOver && styles.over)}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <Text size={400} weight="semibold">
          {files.length > 0 ? files.map(({ name }) => name).join(', ') : say('dropFiles')}
        </Text>
        <Text className={styles.quiet}>{say('dropFilesHint')}</Text>
        <div className={styles.actions}>
          <Button
            appearance={files.length > 0 ? 'secondary' : 'primary'}
            icon={<ArrowUploadRegular />}
            onClick={() => input.current?.click()}
          >
            {say(files.length > 0 ? 'chooseOtherFiles' : 'chooseFiles')}
          </Button>
          <Button
            icon={<ClipboardPasteRegular />}
            onClick={() => setPasted(pasted === undefined ? '' : undefined)}
          >
            {say('pasteList')}
          </Button>
        </div>
        <input
          ref={input}
          className={styles.hidden}
          type="file"
          multiple
          accept=".csv,.txt,.tsv,.json,.ndjson,.jsonl"
          aria-label={say('chooseFiles')}
          onChange={(event) => {
            take(event.currentTarget.files);
            event.currentTarget.value = '';
          }}
        />
      </div>
      {pasted !== undefined && (
        <div className={styles.paste}>
          <Field className={styles.wide} label={say('pasteList')} hint={say('pasteHint')}>
            <Textarea
              rows={6}
              resize="vertical"
              value={pasted}
              onChange={(_, { value }) => setPasted(value)}
              placeholder="Device Serial Number,Manufacturer name,Device model"
            />
          </Field>
          <Button
            appearance="primary"
            disabled={pasted.trim() === ''}
            onClick={() => onFiles([new File([pasted], say('pastedList'), { type: 'text/csv' })])}
          >
            {say('readList')}
          </Button>
        </div>
      )}
    </>
  );
}
