import { makeStyles, Text, Title3, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';

const useStyles = makeStyles({
  root: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'center',
    gap: '8px',
    padding: '48px 16px',
    textAlign: 'center',
    color: tokens.colorNeutralForeground2,
  },
  title: { margin: 0 },
  text: { maxWidth: '560px' },
  actions: { display: 'flex', flexWrap: 'wrap', justifyContent: 'center', gap: '8px', marginTop: '12px' },
});

/** What a page says where it has nothing to show: why, and what to do next. */
export function EmptyState(props: {
  readonly title: string;
  readonly text?: string;
  readonly children?: ReactNode;
}): ReactNode {
  const styles = useStyles();
  return (
    <div className={styles.root}>
      <Title3 as="h2" className={styles.title}>
        {props.title}
      </Title3>
      {props.text !== undefined && <Text className={styles.text}>{props.text}</Text>}
      {props.children !== undefined && <div className={styles.actions}>{props.children}</div>}
    </div>
  );
}
