import { makeStyles, MessageBar, MessageBarBody, Text, Title2, tokens } from '@fluentui/react-components';
import { useEffect, type ReactNode } from 'react';
import { problemOf } from '../session/partner.ts';
import { useTexts } from '../texts/texts.tsx';

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', gap: '20px' },
  head: { display: 'flex', flexWrap: 'wrap', alignItems: 'flex-end', gap: '12px' },
  titles: { flex: 1, minWidth: '240px', display: 'flex', flexDirection: 'column', gap: '4px' },
  title: { margin: 0 },
  quiet: { color: tokens.colorNeutralForeground2 },
  actions: { display: 'flex', flexWrap: 'wrap', gap: '8px' },
});

/** A page: its title, what can be done with all of it, and what it shows. */
export function Page(props: {
  readonly title: string;
  readonly text?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}): ReactNode {
  const styles = useStyles();
  const { say } = useTexts();
  useEffect(() => {
    document.title = `${props.title} · ${say('product')}`;
  }, [props.title, say]);
  return (
    <div className={styles.root}>
      <div className={styles.head}>
        <div className={styles.titles}>
          <Title2 as="h1" className={styles.title}>
            {props.title}
          </Title2>
          {props.text !== undefined && <Text className={styles.quiet}>{props.text}</Text>}
        </div>
        {props.actions !== undefined && <div className={styles.actions}>{props.actions}</div>}
      </div>
      {props.children}
    </div>
  );
}

/** Why something is not shown or was not done. */
export function Problem({ error }: { readonly error: unknown }): ReactNode {
  return (
    <MessageBar intent="error" layout="multiline">
      <MessageBarBody>{problemOf(error)}</MessageBarBody>
    </MessageBar>
  );
}
